package pantheon.night.report.record;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import pantheon.night.KeptOrder;
import pantheon.night.journal.NightEvent.ToolReturned;

/**
 * How a tool was used.
 *
 * @param errors how many calls failed, by the type of the error
 */
public record ToolUse(int calls, long ms, Map<String, Integer> errors) {
    public static final ToolUse NONE = new ToolUse(0, 0, Map.of());

    public ToolUse {
        errors = KeptOrder.map(errors);
    }

    static ToolUse of(ToolReturned call) {
        var error = Objects.requireNonNullElse(call.error(), "error");
        return new ToolUse(1, call.millis(), call.ok() ? Map.of() : Map.of(error, 1));
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
