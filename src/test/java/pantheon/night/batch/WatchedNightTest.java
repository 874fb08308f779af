package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.proof.SigningKey;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.Checkouts;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** All that a night does is done while somebody watches. */
final class WatchedNightTest {
    @TempDir
    private Path folder;

    private final List<String> works = new ArrayList<>();
    private final List<String> lastLines = new ArrayList<>();

    private void runWatched(SmallNight night) {
        night.watch = (work, limit) -> {
            works.add(work);
            return () -> lastLines.add(lastLine(night));
        };
        night.run(SmallNight.tasks(2), SmallNight.rule());
    }

    private static String lastLine(SmallNight night) {
        try {
            return Files.readAllLines(night.journal()).getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void from_its_first_line_to_the_statement_over_it() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.signingKey = SigningKey.generate();
        runWatched(night);
        assertEquals(
                List.of(
                        "the night's begin",
                        "the checkout",
                        "task task-0",
                        "task task-1",
                        "the checkout",
                        "the night's end"),
                works);
        assertTrue(lastLines.get(2).contains("\"subject\":\"task-0\""), lastLines.get(2));
        assertTrue(lastLines.get(2).contains("night.pantheon.statement.signed.v1"), "its statement is watched too");
        assertTrue(lastLines.getLast().contains("\"night.statement_of\":\"night\""), lastLines.getLast());
    }

    @Test
    void the_checkout_is_made_clean_for_a_task_while_it_is_watched() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        var there = new ArrayList<Boolean>();
        night.tools = new TreeMap<>(night.tools);
        night.tools.put("write_file", new Littering());
        night.watch = (work, limit) -> {
            there.add(isLittered());
            return () -> there.add(isLittered());
        };
        night.run(SmallNight.tasks(2), SmallNight.rule());
        assertEquals(
                List.of(false, false, false, false, false, true, true, false, false, false, false, false),
                there,
                "before and after: begin, checkout, first task, second task, checkout, end");
    }

    private boolean isLittered() {
        try {
            return Checkouts.in(folder.resolve("scratch/slot-1")).stream()
                    .anyMatch(checkout -> Files.exists(checkout.resolve("left")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves a file at its first call, as a command does. */
    private static final class Littering extends ForwardingTool {
        private boolean done;

        Littering() {
            super(Objects.requireNonNull(BuiltInTools.all().get("write_file")));
        }

        @Override
        public ToolResult call(ObjectNode arguments, TaskFiles files) throws PathRefused {
            if (!done) {
                done = files.files().root().resolve("left").toFile().mkdir();
            }
            return tool.call(arguments, files);
        }
    }
}
