package pantheon.night.prompt.call;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** JSON over several lines, four blanks a level, as Python writes it; and lists of values that stand behind one another. */
public final class IndentedJson {
    private static final String LEVEL = "    ";

    private IndentedJson() {}

    /** A value. */
    public static String write(JsonNode value) {
        return write(value, "\n");
    }

    private static String write(JsonNode value, String line) {
        if (value.isEmpty() || value.isValueNode()) {
            return Json.write(value);
        }
        var inner = line + LEVEL;
        Stream<String> parts = value.isObject()
                ? value.properties().stream()
                        .map(entry -> Json.quote(entry.getKey()) + ": " + write(entry.getValue(), inner))
                : value.valueStream().map(item -> write(item, inner));
        var both = value.isObject() ? "{}" : "[]";
        return parts.collect(Collectors.joining("," + inner, both.charAt(0) + inner, line + both.charAt(1)));
    }

    /** Where the values end that begin somewhere, each an object, with a text between it and the next. */
    public static int end(String text, int from, String between) {
        int at = from;
        while (true) {
            try (var parser = Json.MAPPER.createParser(text.substring(at))) {
                parser.readValueAsTree();
                at += (int) parser.currentLocation().getCharOffset();
            }
            if (!text.startsWith(between + "{", at)) {
                return at;
            }
            at += between.length();
        }
    }

    /** Values of a text, each with a text between it and the next. */
    public static List<JsonNode> values(String text, String between) {
        var found = new ArrayList<JsonNode>();
        for (int at = 0; at < text.length(); ) {
            if (!found.isEmpty()) {
                if (!text.startsWith(between, at)) {
                    throw new IllegalArgumentException("something else between values");
                }
                at += between.length();
            }
            try (var parser = Json.MAPPER.createParser(text.substring(at))) {
                found.add(parser.readValueAsTree());
                at += (int) parser.currentLocation().getCharOffset();
            }
        }
        return found;
    }
}
