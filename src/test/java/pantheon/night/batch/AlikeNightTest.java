package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Engine;
import pantheon.night.queue.Task;

/** A night whose tasks all fail alike. */
final class AlikeNightTest {
    private static final String DECLINED = SmallNight.call("final", "{\"status\": \"fail\"}");

    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void layOut() throws IOException {
        night = SmallNight.layOut(folder, 8);
        night.alike = 3;
    }

    @Test
    void leaves_the_rest_to_the_next_night_which_tries_as_many_again() {
        var never = SmallNight.engine(prompt -> DECLINED);
        assertEquals(ended(0, 3), night.run(SmallNight.tasks(8), never));
        var result = Objects.requireNonNull(night.result);
        assertEquals(List.of("task-3", "task-4", "task-5", "task-6", "task-7"), result.carryOver());
        assertEquals(ExitCode.WORK_LEFT, result.exitCode());
        assertEquals(1, result.early().size());
        assertEquals(ended(3, 6), night.run(SmallNight.tasks(8), never));
        assertEquals(ended(6, 8), night.run(SmallNight.tasks(8), never));
        assertEquals(List.of(), night.result.carryOver());
    }

    @Test
    void goes_on_where_the_number_is_zero_or_one_is_accepted_in_between() {
        assertEquals(8, night.run(SmallNight.tasks(8), everyThirdWorks()).size());
        night.alike = 0;
        night.fresh = true;
        var again = IntStream.range(0, 8)
                .mapToObj(
                        i -> new Task("again-" + i, "writer", SmallNight.task(i).input(), 0, List.of()))
                .toList();
        assertEquals(8, night.run(again, SmallNight.engine(prompt -> DECLINED)).size());
    }

    @Test
    void comes_to_the_same_end_when_it_is_interrupted_in_between() {
        var asked = new AtomicInteger();
        var failing = SmallNight.engine(prompt -> {
            if (asked.incrementAndGet() == 3) {
                throw new NightException(ExitCode.SOFTWARE, "the engine is gone");
            }
            return DECLINED;
        });
        assertThrows(NightException.class, () -> night.run(SmallNight.tasks(8), failing));
        var rest = night.run(SmallNight.tasks(8), SmallNight.engine(prompt -> DECLINED));
        assertEquals(1, rest.size());
        assertEquals(5, Objects.requireNonNull(night.result).carryOver().size());
    }

    private static Engine everyThirdWorks() {
        var tasks = new AtomicInteger();
        return SmallNight.engine(prompt -> {
            if (prompt.contains("<tool_response>")) {
                return SmallNight.call("final", "{\"status\": \"done\"}");
            }
            return tasks.incrementAndGet() % 3 == 0
                    ? SmallNight.call("write_file", "{\"text\": \"done\\n\"}")
                    : DECLINED;
        });
    }

    private static List<String> ended(int from, int to) {
        return IntStream.range(from, to).mapToObj("task-%d declined"::formatted).toList();
    }
}
