package pantheon.night.tool;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import tools.jackson.databind.JsonNode;

/** The values of one limited argument in one task: those of its input, or what results have brought so far. */
final class Offered {
    /** The most values that results can bring. */
    static final int MOST_VALUES = 256;

    /** The most bytes that these can take together, as JSON in UTF-8. */
    static final int MOST_BYTES = 32 * 1024;

    /** The most bytes that one of them can take; automata of longer words are made in another way, and may be too large. */
    static final int MOST_BYTES_OF_ONE = 480;

    private final BoundTool tool;
    private final String argument;
    private final Choice choice;
    private final Schema own;
    private final Set<JsonNode> values = new LinkedHashSet<>();
    private final Set<JsonNode> beyond = new LinkedHashSet<>();
    private int bytes;

    Offered(BoundTool tool, String argument, Choice choice) {
        this.tool = tool;
        this.argument = argument;
        this.choice = choice;
        this.own = tool.alone(argument);
    }

    /** The values of an input's field; they are the agent's own, and all of them are offered. */
    void takeInput(JsonNode input) {
        if (choice instanceof Choice.FromInput from) {
            input.path(from.field()).valueStream().filter(JsonNode::isString).forEach(values::add);
        }
    }

    /** Takes what a tool has returned; whether there are other values now. */
    boolean takeResult(String from, JsonNode result) {
        if (!(choice instanceof Choice.FromResults results && results.tool().equals(from))) {
            return false;
        }
        var before = List.copyOf(values);
        if (results.last()) {
            values.clear();
            beyond.clear();
            bytes = 0;
        }
        results.at().values(result).forEach(this::take);
        return !before.equals(List.copyOf(values));
    }

    /** What the tool would refuse is no choice. A value is kept as it is read from a text, as calls are. */
    private void take(JsonNode found) {
        var value = Json.parse(isWhole(found) ? Long.toString(found.longValue()) : Json.write(found));
        if (values.contains(value)
                || !own.check(Json.object().set(argument, value)).isEmpty()) {
            return;
        }
        int size = Json.write(value).getBytes(StandardCharsets.UTF_8).length;
        if (size <= MOST_BYTES_OF_ONE && bytes + size <= MOST_BYTES && values.size() < MOST_VALUES) {
            values.add(value);
            bytes += size;
        } else {
            beyond.add(value);
        }
    }

    /** Whether it is a number like 3.0, which is written as 3, so that the two are one value. */
    private static boolean isWhole(JsonNode value) {
        return value.isNumber()
                && value.doubleValue() == Math.rint(value.doubleValue())
                && Math.abs(value.doubleValue()) < 1L << Double.PRECISION;
    }

    Offer offer() {
        return new Offer(tool.name(), argument, choice, List.copyOf(values), beyond.size());
    }
}
