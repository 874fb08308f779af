package pantheon.night.tool;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Violation;
import pantheon.night.contract.WholeText;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tools of one task: it judges calls, fills in bound arguments, runs, and validates what comes back. What tools
 * return decides what the arguments can be that an agent limits to it. Used by one thread at a time.
 *
 * <p>Nothing runs whose arguments do not validate, and nothing reaches the model that is not on the tool's result
 * schema. A call runs {@linkplain Contained contained}: its time limit holds, and whatever the tool throws is a failed call.
 */
public final class ToolBox {
    private final Map<String, BoundTool> tools = new LinkedHashMap<>();
    private final Map<String, Schema> given = new LinkedHashMap<>();
    private final Map<String, List<Offered>> limited = new LinkedHashMap<>();
    private final ObjectNode input;
    private final TaskFiles files;
    private final Duration timeLimit;
    private final Contained contained;

    /** The same for a task of its own, as tests and the trainer have it. */
    public ToolBox(List<BoundTool> tools, Schema output, ObjectNode input, TaskFiles files, Duration timeLimit) {
        this(tools, output, input, files, timeLimit, new Contained());
    }

    /**
     * @param output the schema of {@code final}'s arguments
     * @param timeLimit the longest that one call may take
     * @param contained where calls run
     */
    public ToolBox(
            List<BoundTool> tools,
            Schema output,
            ObjectNode input,
            TaskFiles files,
            Duration timeLimit,
            Contained contained) {
        for (var tool : tools) {
            this.tools.put(tool.name(), tool);
            given.put(tool.name(), tool.given());
            limit(tool, input);
        }
        given.put(ToolCall.FINAL, output);
        this.input = input;
        this.files = files;
        this.timeLimit = timeLimit;
        this.contained = contained;
    }

    private void limit(BoundTool tool, ObjectNode input) {
        if (!tool.choices().isEmpty()) {
            var arguments = new ArrayList<Offered>();
            tool.choices().forEach((argument, choice) -> arguments.add(new Offered(tool, argument, choice)));
            arguments.forEach(argument -> argument.takeInput(input));
            limited.put(tool.name(), arguments);
            narrow(tool.name());
        }
    }

    private void narrow(String name) {
        var tool = Objects.requireNonNull(tools.get(name));
        given.put(name, tool.given(offers(name)));
    }

    private List<Offer> offers(String tool) {
        return limited.getOrDefault(tool, List.of()).stream()
                .map(Offered::offer)
                .toList();
    }

    /** What the arguments that an agent limits are limited to now: the input's values, and what results have brought. */
    public List<Offer> offers() {
        return limited.keySet().stream().flatMap(tool -> offers(tool).stream()).toList();
    }

    /** The schema that a call's arguments must fit now, null where there is no such tool. */
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

    /** Runs a call that was judged before, and takes from its result what other arguments are limited to. */
    public ToolResult run(ToolCall call) {
        var result = ran(call);
        if (result instanceof ToolResult.Returned returned) {
            limited.forEach((tool, arguments) -> {
                if (arguments.stream()
                                .filter(argument -> argument.takeResult(call.name(), returned.json()))
                                .count()
                        > 0) {
                    narrow(tool);
                }
            });
        }
        return result;
    }

    private ToolResult ran(ToolCall call) {
        var tool = tool(call).tool();
        var arguments = bound(call);
        var unoffered = unoffered(call);
        if (unoffered.isPresent()) {
            return new ToolResult.Failed("arguments", unoffered.get());
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(Json.write(arguments))) {
            return new ToolResult.Failed("arguments", "a string has half a surrogate pair, which no file can hold");
        }
        return within(timeLimit, tool, arguments);
    }

    /** What a call gives for a limited argument that was not offered. */
    private Optional<String> unoffered(ToolCall call) {
        return offers(call.name()).stream()
                .filter(offer -> call.arguments().has(offer.argument()))
                .filter(offer -> !offer.values().contains(call.arguments().get(offer.argument())))
                .map(offer -> "/%s is none of the %d values that were offered"
                        .formatted(offer.argument(), offer.values().size()))
                .findFirst();
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

    /** Half a surrogate pair could be written nowhere, and a journal with one read by nobody. */
    private static ToolResult whole(ToolResult result) {
        return WholeText.half(result.json())
                .<ToolResult>map(pointer -> new ToolResult.Failed("result", "it has half a surrogate pair"))
                .orElse(result);
    }

    private ToolResult within(Duration limit, Tool tool, ObjectNode arguments) {
        return switch (contained.run("tool-" + tool.name(), limit, () -> call(tool, arguments))) {
            case Contained.Outcome.Done<ToolResult> done -> whole(done.value());
            case Contained.Outcome.Broken<ToolResult> broken -> new ToolResult.Failed("broken", broken.why());
            case Contained.Outcome.Late<ToolResult> late -> new ToolResult.TimedOut(late.ended());
        };
    }

    private ToolResult call(Tool tool, ObjectNode arguments) {
        var wrong = tool.arguments().check(arguments);
        if (!wrong.isEmpty()) {
            return new ToolResult.Failed("arguments", violations(wrong));
        }
        try {
            return onSchema(tool.call(arguments, files), tool.result());
        } catch (PathRefused e) {
            return new ToolResult.Failed(e.code().wireName(), String.valueOf(e.getMessage()));
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
