package pantheon.night.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** A tool that neither ends at its time limit nor when it is interrupted, and still writes while the next task runs. */
final class RunawayToolTest {
    @TempDir
    private Path folder;

    @Test
    void what_it_writes_late_is_in_no_other_tasks_files() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        var tool = new Runaway();
        night.tools = new TreeMap<>(night.tools);
        night.tools.put("write_file", tool);
        assertEquals(
                List.of("task-0 tool_timeout", "task-1 accepted"), night.run(SmallNight.tasks(2), SmallNight.rule()));
        assertEquals(List.of("task-1"), night.commits());
        assertTrue(tool.wrote, "the control: it did write, into a checkout");

        night.run(SmallNight.tasks(3).subList(2, 3), SmallNight.rule());
        try (var checkouts = Files.list(folder.resolve("scratch/slot-1"))) {
            assertEquals(2, checkouts.count(), "the marker, and the one checkout of the last night");
        }
    }

    /** The first call goes on until the second has begun; then it writes, and the second goes on. */
    private static final class Runaway extends ForwardingTool {
        private final CountDownLatch begun = new CountDownLatch(2);
        private final CountDownLatch written = new CountDownLatch(1);
        private volatile boolean wrote;

        Runaway() {
            super(Objects.requireNonNull(BuiltInTools.all().get("write_file")));
        }

        @Override
        public ToolResult call(ObjectNode arguments, TaskFiles files) throws PathRefused {
            boolean first = begun.getCount() == 2;
            begun.countDown();
            if (first) {
                awaitWhateverHappens(begun);
                files.files().write("stray.txt", "late".getBytes(UTF_8));
                wrote = true;
                written.countDown();
            } else {
                awaitWhateverHappens(written);
            }
            return tool.call(arguments, files);
        }

        private static void awaitWhateverHappens(CountDownLatch latch) {
            while (latch.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted(); // or its write would fail
            }
        }
    }
}
