package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.git.WriteSteps.Step;

/** A checkout that cannot be brought back to its commit after a task. */
final class ReplacedCheckoutTest {
    private static final int FILES = 3;

    @TempDir
    private Path folder;

    private int made;

    @Test
    void another_one_takes_its_place_and_the_night_goes_on() throws IOException {
        var night = SmallNight.layOut(folder, FILES);
        night.writeSteps = (step, file) -> failAt(step, FILES + 1, FILES + 1);
        assertEquals(
                List.of("task-0 accepted", "task-1 accepted", "task-2 accepted"),
                night.run(SmallNight.tasks(FILES), SmallNight.rule()));
        assertEquals(ExitCode.OK, Objects.requireNonNull(night.result).exitCode());
        assertEquals(3, night.commits().size());
        assertTrue(made > 2 * FILES, "the control: a whole checkout was made a second time");
    }

    @Test
    void the_night_ends_where_no_other_can_be_made_either() throws IOException {
        var night = SmallNight.layOut(folder, FILES);
        night.writeSteps = (step, file) -> failAt(step, FILES + 1, Integer.MAX_VALUE);
        var failed = assertThrows(NightException.class, () -> night.run(SmallNight.tasks(FILES), SmallNight.rule()));
        assertEquals(ExitCode.IO, failed.exitCode());
        assertTrue(String.valueOf(failed.getMessage()).contains("Input/output error"), failed.getMessage());
    }

    private void failAt(Step step, int from, int to) throws IOException {
        if (step == Step.CHECK_OUT_FILE) {
            made++;
            if (from <= made && made <= to) {
                throw new IOException("Input/output error");
            }
        }
    }
}
