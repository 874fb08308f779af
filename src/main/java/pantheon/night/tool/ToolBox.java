package pantheon.night.tool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Violation;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of one task: it judges calls, fills in bound arguments, runs, and validates what comes back.
 *
 * <p>Nothing runs whose arguments do not validate, and nothing reaches the model that is not on the tool's result
 * schema. A tool runs on a thread of its own, so that its time limit holds.
 */
public final class ToolBox {
    /** How long an interrupted tool may take to end. */
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(5);

    private final Map<String, BoundTool> tools = new LinkedHashMap<>();
    private final Map<String, Schema> given = new LinkedHashMap<>();
    private final ObjectNode input;
    private final TaskFiles files;
    private final Duration timeLimit;

    /**
     * @param output the schema of {@code final}'s arguments
     * @param timeLimit the longest that one call may take
     */
    public ToolBox(List<BoundTool> tools, Schema output, ObjectNode input, TaskFiles files, Duration timeLimit) {
        for (var tool : tools) {
            this.tools.put(tool.name(), tool);
            given.put(tool.name(), tool.given(input));
        }
        given.put(ToolCall.FINAL, output);
        this.input = input;
        this.files = files;
        this.timeLimit = timeLimit;
    }

    /** The schema that a call's arguments must fit, null where there is no such tool. */
    public @Nullable Schema schema(String name) {
        return given.get(name);
    }

    /** The arguments with which a call will run, bound ones included. */
    public ObjectNode bound(ToolCall call) {
        return tool(call).bind(call.arguments(), input);
    }

    /** Whether a call leaves the files as they are. */
    public boolean isReadOnly(ToolCall call) {
        return tool(call).tool().isReadOnly();
    }

    /** Runs a call that was judged before. */
    public ToolResult run(ToolCall call) {
        var tool = tool(call).tool();
        var arguments = bound(call);
        var broken = tool.arguments().check(arguments);
        if (!broken.isEmpty()) {
            return new ToolResult.Failed("arguments", violations(broken));
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(Json.write(arguments))) {
            return new ToolResult.Failed("arguments", "a string has half a surrogate pair, which no file can hold");
        }
        return onSchema(within(timeLimit, tool, arguments), tool.result());
    }

    private static ToolResult onSchema(ToolResult result, Schema schema) {
        return switch (result) {
            case ToolResult.Returned returned -> {
                var wrong = schema.check(returned.json());
                yield wrong.isEmpty() ? returned : new ToolResult.Failed("result", violations(wrong));
            }
            case ToolResult other -> other;
        };
    }

    private ToolResult within(Duration limit, Tool tool, ObjectNode arguments) {
        var task = new FutureTask<>(() -> call(tool, arguments));
        var thread = Thread.ofPlatform().daemon().name("tool-" + tool.name()).start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            return new ToolResult.TimedOut(ended(thread));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return new ToolResult.TimedOut(false);
        } catch (ExecutionException e) {
            throw failure(tool, e.getCause());
        }
    }

    private static RuntimeException failure(Tool tool, @Nullable Throwable cause) {
        return cause instanceof NightException failure
                ? new NightException(failure.exitCode(), String.valueOf(failure.getMessage()), failure)
                : new IllegalStateException("tool %s threw; a tool fails by its result".formatted(tool.name()), cause);
    }

    private ToolResult call(Tool tool, ObjectNode arguments) {
        try {
            return tool.call(arguments, files);
        } catch (PathRefused e) {
            return new ToolResult.Failed(e.code().wireName(), String.valueOf(e.getMessage()));
        }
    }

    private static boolean ended(Thread thread) {
        try {
            return thread.join(INTERRUPT_GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private BoundTool tool(ToolCall call) {
        var tool = tools.get(call.name());
        if (tool == null) {
            throw new IllegalStateException("no tool " + call.name() + "; calls are judged before they run");
        }
        return tool;
    }

    private static String violations(List<Violation> violations) {
        return String.join("; ", violations.stream().map(Violation::toString).toList());
    }
}
