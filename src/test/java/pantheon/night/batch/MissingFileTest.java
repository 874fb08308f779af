package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.queue.Task;
import pantheon.night.tool.Tool;
import pantheon.night.tool.builtin.BuiltInTools;

/** A task whose file is not in the commit ends by itself, and no model is asked. */
final class MissingFileTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void it_is_declined_as_not_found_and_the_night_goes_on() throws IOException {
        var night = SmallNight.layOut(folder, 1);
        night.tools = Map.of(
                "write_file",
                new NeedsItsFile(
                        java.util.Objects.requireNonNull(BuiltInTools.all().get("write_file"))),
                "compute_diff",
                java.util.Objects.requireNonNull(BuiltInTools.all().get("compute_diff")));
        var missing = new Task("missing", "writer", Json.object().put("path", "./file-0.txt"), 0, List.of());
        assertEquals(
                List.of("task-0 accepted", "missing declined"),
                night.run(List.of(missing, SmallNight.task(0)), SmallNight.rule()));
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof TaskFinished finished
                    && finished.task().equals("missing")) {
                assertEquals(
                        true,
                        finished.ending().message().startsWith("bad_name: "),
                        finished.ending().message());
            }
        });
    }

    /** The tool that writes, over files that are there. */
    private record NeedsItsFile(Tool tool) implements Tool {
        @Override
        public String name() {
            return tool.name();
        }

        @Override
        public String description() {
            return tool.description();
        }

        @Override
        public Schema arguments() {
            return tool.arguments();
        }

        @Override
        public Schema result() {
            return tool.result();
        }

        @Override
        public java.util.Set<String> files() {
            return java.util.Set.of("path");
        }

        @Override
        public pantheon.night.tool.ToolResult call(
                tools.jackson.databind.node.ObjectNode arguments, pantheon.night.workspace.files.TaskFiles task)
                throws pantheon.night.workspace.files.PathRefused {
            return tool.call(arguments, task);
        }
    }
}
