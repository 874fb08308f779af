package pantheon.night.acceptance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.acceptance.part.Excerpt;
import pantheon.night.contract.Json;
import pantheon.night.tool.Binding;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.Reverted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A command tool, run on the task's checkout once the task has finished, ends with an exit code that says that all is well.
 *
 * @param exits those exit codes
 * @param reverted whether it is run on the files as they were before the task
 */
record CommandCheck(Tool tool, Map<String, Binding> arguments, Set<Integer> exits, boolean reverted) implements Check {
    private static final String EXIT_CODE = "exit_code";

    CommandCheck {
        arguments = KeptOrder.map(arguments);
        exits = KeptOrder.set(exits);
    }

    /** @throws NightException with exit code 78 where there is no such command tool */
    static CommandCheck of(JsonNode with, Map<String, Tool> tools) {
        var name = with.required("tool").stringValue();
        var tool = tools.get(name);
        if (tool == null || !tool.result().json().path("properties").has(EXIT_CODE)) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "acceptance check command has wrong parameters: \"%s\" is no command tool. Name one that has a file in tools."
                            .formatted(name));
        }
        var arguments = new LinkedHashMap<String, Binding>();
        with.path("arguments").properties().forEach(entry -> arguments.put(entry.getKey(), binding(entry.getValue())));
        var exits = with.path("exits").valueStream().map(JsonNode::intValue).toList();
        return new CommandCheck(
                tool,
                arguments,
                exits.isEmpty() ? Set.of(0) : KeptOrder.set(exits),
                with.path("reverted").booleanValue(false));
    }

    private static Binding binding(JsonNode source) {
        return source.has("input")
                ? new Binding.FromInput(source.get("input").stringValue())
                : new Binding.Constant(source.required("value"));
    }

    @Override
    public String name() {
        return "command_" + tool.name() + (reverted ? "_reverted" : "");
    }

    @Override
    public Optional<Tool> usedTool() {
        return Optional.of(tool);
    }

    @Override
    public Check over(UnaryOperator<Tool> other) {
        return new CommandCheck(other.apply(tool), arguments, exits, reverted);
    }

    @Override
    public boolean isStable() {
        return tool.isStable();
    }

    @Override
    public CheckResult check(Work work) {
        var problem = problem(work);
        return problem == null ? CheckResult.passed(this) : CheckResult.failed(this, problem);
    }

    private @Nullable String problem(Work work) {
        var trace = work.trace();
        if (trace == null) {
            return "a command judges a checkout, and there is none of lines that were merged; a person decides";
        }
        var call = call(work);
        var wrong = tool.arguments().check(call);
        if (!wrong.isEmpty()) {
            return "its arguments do not fit: " + wrong.getFirst();
        }
        try {
            return problem(
                    reverted
                            ? new Reverted(trace.checkout(), work.changes())
                                    .during(() -> tool.call(call, trace.checkout()))
                            : tool.call(call, trace.checkout()));
        } catch (PathRefused e) {
            return String.valueOf(e.getMessage());
        }
    }

    private ObjectNode call(Work work) {
        var call = Json.object();
        arguments.forEach((name, binding) -> {
            var value = binding.value(work.input());
            if (!value.isMissingNode() && !value.isNull()) {
                call.set(name, value);
            }
        });
        return call;
    }

    private @Nullable String problem(ToolResult result) {
        return switch (result) {
            case ToolResult.Returned returned -> problem(returned.json());
            case ToolResult.Failed failed -> "it could not be run: %s, %s".formatted(failed.code(), failed.message());
            case ToolResult.TimedOut out -> "it did not end within its time limit";
        };
    }

    private @Nullable String problem(JsonNode result) {
        int exit = result.path(EXIT_CODE).asInt(-1);
        return exits.contains(exit)
                ? null
                : "it ended with exit code %d; expected %s%s"
                        .formatted(exit, exits.stream().sorted().toList(), said(result));
    }

    /** The last line that it wrote, of its errors where it wrote such. */
    private static String said(JsonNode result) {
        for (var stream : new String[] {"stderr", "stdout"}) {
            var lines = result.path(stream).asString("").strip().lines().toList();
            if (!lines.isEmpty()) {
                return "; its last line is " + Excerpt.of(lines.getLast());
            }
        }
        return "";
    }
}
