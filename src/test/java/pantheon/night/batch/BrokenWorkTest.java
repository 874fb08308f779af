package pantheon.night.batch;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Work;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** What breaks on one task's data is that task's end, and the night goes on. */
final class BrokenWorkTest {
    @TempDir
    private Path folder = Path.of("");

    static Stream<Throwable> throwables() {
        return Stream.of(
                new StackOverflowError(),
                new OutOfMemoryError("no room"),
                new AssertionError("no such case"),
                new IllegalArgumentException("no"));
    }

    private static final class Throwing extends ForwardingTool {
        private final Throwable thrown;

        Throwing(Throwable thrown) {
            super(Objects.requireNonNull(BuiltInTools.all().get("write_file")));
            this.thrown = thrown;
        }

        @Override
        public ToolResult call(ObjectNode arguments, TaskFiles files) {
            return sneak(thrown);
        }
    }

    private static ToolResult sneak(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    /** A check of one task's file; the others pass. */
    private record Scripted(Runnable action) implements Check {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public CheckResult check(Work work) {
            if (work.input().path("path").asString("").equals("file-0.txt")) {
                action.run();
            }
            return new CheckResult(name(), true, "");
        }
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void a_tool_that_throws_has_failed_and_the_model_may_decline(Throwable thrown) throws IOException {
        var night = SmallNight.layOut(folder, 1);
        night.tools = new TreeMap<>(night.tools);
        night.tools.put("write_file", new Throwing(thrown));
        var model = SmallNight.engine(prompt -> prompt.contains("broken")
                ? SmallNight.call("final", "{\"status\": \"fail\"}")
                : SmallNight.call("write_file", "{\"text\": \"done\\n\"}"));
        assertEquals(List.of("task-0 declined"), night.run(SmallNight.tasks(1), model));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void a_check_that_throws_has_not_passed_and_the_night_goes_on(Throwable thrown) throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.moreChecks = List.of(new Scripted(() -> sneak(thrown)));
        assertEquals(
                List.of("task-0 not_accepted", "task-1 accepted"), night.run(SmallNight.tasks(2), SmallNight.rule()));
        assertEquals(List.of("task-1"), night.commits());
        assertEquals(List.of(), night.run(SmallNight.tasks(2), SmallNight.rule()), "it has ended for good");
    }

    @Test
    void a_check_that_does_not_end_has_not_passed() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.moreChecks = List.of(new Scripted(LockSupport::park));
        assertEquals(
                List.of("task-0 not_accepted", "task-1 accepted"), night.run(SmallNight.tasks(2), SmallNight.rule()));
        assertTrue(Files.readString(night.journal()).contains("scripted: it did not end within the time of a call"));
    }

    @Test
    void a_night_beside_too_many_threads_that_nobody_can_end_stops_and_the_next_goes_on() throws IOException {
        var night = SmallNight.layOut(folder, 6);
        var end = new CountDownLatch(1);
        night.moreChecks = List.of(new Check() {
            @Override
            public String name() {
                return "deaf";
            }

            @Override
            public CheckResult check(Work work) {
                while (end.getCount() > 0) {
                    LockSupport.parkNanos(1_000_000);
                    Thread.interrupted();
                }
                return new CheckResult(name(), true, "");
            }
        });
        try {
            assertEquals(
                    List.of("task-0 not_accepted", "task-1 not_accepted", "task-2 not_accepted"),
                    night.run(SmallNight.tasks(6), SmallNight.rule()));
            assertEquals(
                    List.of("task-3", "task-4", "task-5"),
                    Objects.requireNonNull(night.result).carryOver());
            assertEquals(pantheon.night.ExitCode.WORK_LEFT, night.result.exitCode());
            assertTrue(Files.readString(night.journal())
                    .contains("3 threads of tools and checks could not be ended, so the night stops here"));
        } finally {
            end.countDown();
        }
        night.moreChecks = List.of();
        assertEquals(
                List.of("task-3 accepted", "task-4 accepted", "task-5 accepted"),
                night.run(SmallNight.tasks(6), SmallNight.rule()));
    }
}
