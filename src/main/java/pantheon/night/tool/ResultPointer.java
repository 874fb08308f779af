package pantheon.night.tool;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A JSON Pointer (RFC 6901) into a result, in which {@code *} stands for every item of a list; of an object it is the
 * member of that name. What is not there is passed over.
 */
public final class ResultPointer {
    private static final String EVERY = "*";

    private final String text;
    private final List<String> steps;

    /**
     * @param text with a slash before each step, for example {@code /candidates/*}{@code /path}
     * @throws IllegalArgumentException where it does not begin with a slash
     */
    public ResultPointer(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("the pointer is " + text + "; expected one that begins with /");
        }
        this.text = text;
        this.steps = Arrays.stream(text.substring(1).split("/", -1))
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    /** The strings and numbers that it leads to, in the order in which they stand in the result. */
    public Stream<JsonNode> values(JsonNode result) {
        var found = Stream.of(result);
        for (var step : steps) {
            found = found.flatMap(node -> below(node, step));
        }
        return found.filter(node -> node.isString() || node.isNumber());
    }

    private static Stream<JsonNode> below(JsonNode node, String step) {
        if (node.isArray()) {
            return step.equals(EVERY) ? node.valueStream() : item(node, step);
        }
        return node.has(step) ? Stream.of(node.get(step)) : Stream.of();
    }

    private static Stream<JsonNode> item(JsonNode list, String step) {
        boolean isIndex = step.matches("0|[1-9][0-9]{0,8}");
        return isIndex && list.has(Integer.parseInt(step)) ? Stream.of(list.get(Integer.parseInt(step))) : Stream.of();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResultPointer that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
