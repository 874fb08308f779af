package pantheon.night.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.workspace.FolderTask;

class ToolBoxTest {
    private static final String ANY = "{\"type\": \"object\", \"properties\": {\"path\": {\"type\": \"string\"}}}";
    private static final Schema OUTPUT = Schema.compile("output", Json.parse("{\"required\": [\"status\"]}"));

    @TempDir
    Path directory;

    private ToolBox box(Duration limit, BoundTool... tools) {
        return new ToolBox(
                List.of(tools),
                OUTPUT,
                Json.object().put("path", "a.md"),
                FolderTask.of(directory, Map.of("a.md", "A")),
                limit);
    }

    private ToolResult run(ScriptedTool tool) {
        return box(Duration.ofSeconds(10), tool.unbound()).run(call(tool));
    }

    private static ToolCall call(Tool tool) {
        return new ToolCall(tool.name(), Json.object());
    }

    @Test
    void has_a_schema_for_each_tool_and_for_final_and_for_nothing_else() {
        var box = box(
                Duration.ofSeconds(1),
                new ScriptedTool("a", ANY, (arguments, task) -> new ToolResult.Returned(arguments)).unbound());
        assertNotNull(box.schema("a"));
        assertSame(OUTPUT, box.schema("final"));
        assertNull(box.schema("b"));
        assertThrows(IllegalStateException.class, () -> box.run(new ToolCall("b", Json.object())));
    }

    @Test
    void runs_with_the_bound_arguments() {
        var tool = new ScriptedTool("a", ANY, (arguments, task) -> new ToolResult.Returned(arguments));
        var bound = new BoundTool(tool, Map.of("path", new Binding.FromInput("path")), Map.of(), Map.of());
        var box = box(Duration.ofSeconds(10), bound);
        assertEquals(new ToolResult.Returned(Json.parse("{\"path\": \"a.md\"}")), box.run(call(tool)));
        assertEquals(Json.parse("{\"path\": \"a.md\"}"), box.bound(call(tool)));
    }

    @Test
    void nothing_runs_whose_arguments_are_off_the_tools_own_schema() {
        var tool = new ScriptedTool("a", ANY, (arguments, task) -> new ToolResult.Returned(arguments));
        // An agent that narrows an argument to more than the tool allows.
        var wider = new BoundTool(tool, Map.of(), Map.of("path", Json.parse("true")), Map.of());
        var box = box(Duration.ofSeconds(10), wider);
        var call = new ToolCall("a", Json.object().put("path", 1));
        assertTrue(
                Objects.requireNonNull(box.schema("a")).check(call.arguments()).isEmpty());
        assertEquals(
                "arguments",
                assertInstanceOf(ToolResult.Failed.class, box.run(call)).code());
        assertEquals(0, tool.runs());
        box.run(new ToolCall("a", Json.object().put("path", "x"))); // the control
        assertEquals(1, tool.runs());
    }

    @Test
    void a_result_off_its_schema_never_reaches_the_model() {
        var tool = new ScriptedTool(
                "a",
                Json.parse(ANY),
                "{\"type\": \"object\", \"properties\": {\"n\": {\"type\": \"integer\"}}, \"additionalProperties\": false}",
                (arguments, task) -> new ToolResult.Returned(Json.object().put("n", "secret")));
        var failed = assertInstanceOf(ToolResult.Failed.class, run(tool));
        assertEquals("result", failed.code());
        assertTrue(!failed.message().contains("secret"), failed.message());
        assertEquals(1, tool.runs());
    }

    @Test
    void a_refused_path_is_a_failed_result() {
        var tool = new ScriptedTool("a", ANY, (arguments, task) -> {
            task.files().read("../secret");
            return new ToolResult.Returned(Json.object());
        });
        assertEquals(
                "parent", assertInstanceOf(ToolResult.Failed.class, run(tool)).code());
    }

    @Test
    void a_tool_that_hangs_is_stopped_at_its_time_limit() throws Exception {
        var interrupted = new CountDownLatch(1);
        var tool = new ScriptedTool("a", ANY, (arguments, task) -> {
            try {
                Thread.sleep(Duration.ofMinutes(10));
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return new ToolResult.Returned(Json.object());
        });
        var box = box(Duration.ofMillis(50), tool.unbound());
        assertEquals(new ToolResult.TimedOut(true), box.run(call(tool)));
        interrupted.await();
    }

    @Test
    void a_tool_that_cannot_be_stopped_is_told_apart() {
        var go = new AtomicBoolean(true);
        var tool = new ScriptedTool("a", ANY, (arguments, task) -> {
            while (go.get()) {
                Thread.onSpinWait();
            }
            return new ToolResult.Returned(Json.object());
        });
        var box = box(Duration.ofMillis(50), tool.unbound());
        try {
            assertEquals(new ToolResult.TimedOut(false), box.run(call(tool)));
        } finally {
            go.set(false);
        }
    }

    @Test
    void a_tool_that_throws_has_failed_but_a_failing_disk_fails_the_night() {
        var bug = new ScriptedTool("a", ANY, (arguments, task) -> {
            throw new IllegalArgumentException("no");
        });
        var failed = assertInstanceOf(ToolResult.Failed.class, run(bug));
        assertEquals("broken", failed.code());
        assertTrue(failed.message().startsWith("a bug of pantheon-night, "), failed.message());
        assertEquals(
                new ToolResult.Failed("broken", "what it was given is nested too deeply"),
                run(new ScriptedTool("a", ANY, (arguments, task) -> {
                    throw new StackOverflowError();
                })));

        var disk = new ScriptedTool("a", ANY, (arguments, task) -> {
            throw new NightException(ExitCode.IO, "the disk is full");
        });
        assertEquals(
                ExitCode.IO, assertThrows(NightException.class, () -> run(disk)).exitCode());
    }
}
