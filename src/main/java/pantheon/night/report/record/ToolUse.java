package pantheon.night.report.record;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a tool was used.
 *
 * @param errors how many calls failed, by the type of the error
 */
public record ToolUse(int calls, long ms, Map<String, Integer> errors) {
    public static final ToolUse NONE = new ToolUse(0, 0, Map.of());

    public ToolUse {
        errors = Map.copyOf(errors);
    }

    static ToolUse of(ObjectNode returned) {
        var errors = returned.get("night.ok").booleanValue()
                ? Map.<String, Integer>of()
                : Map.of(returned.path("error.type").asString("error"), 1);
        return new ToolUse(1, returned.get("night.tool_ms").longValue(), errors);
    }

    public ToolUse plus(ToolUse other) {
        var sum = new TreeMap<>(errors);
        other.errors.forEach((type, count) -> sum.merge(type, count, Integer::sum));
        return new ToolUse(calls + other.calls, ms + other.ms, sum);
    }

    public int failures() {
        return errors.values().stream().mapToInt(Integer::intValue).sum();
    }
}
