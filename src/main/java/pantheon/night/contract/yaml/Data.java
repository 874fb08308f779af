package pantheon.night.contract.yaml;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.KeptOrder;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * A document of JSON or YAML that a stranger wrote.
 *
 * @param value what it says
 * @param lines JSON Pointer (RFC 6901) → the line, from 1, on which that value begins
 */
public record Data(JsonNode value, Map<String, Integer> lines) {
    public Data {
        lines = KeptOrder.map(lines);
    }

    /** How a text is written. */
    public enum Kind {
        JSON,
        YAML
    }

    /** A text that says nothing, since it is broken or beyond a bound. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        private final int line;

        /** @param line from 1; 0 where it is none in particular */
        Unreadable(int line, String problem) {
            super(problem);
            this.line = line;
        }

        public int line() {
            return line;
        }

        /** In one line, for a person. */
        public String problem() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * The documents of a text: one of JSON, any number of YAML.
     *
     * @throws Unreadable where it is broken, or nested too deeply
     */
    public static List<Data> read(String text, Kind kind) throws Unreadable {
        return switch (kind) {
            case JSON -> List.of(json(text));
            case YAML -> new YamlDocuments(YamlDocuments.MOST_VALUES).read(text);
        };
    }

    private static Data json(String text) throws Unreadable {
        try {
            var value = Json.parse(text);
            if (value.isMissingNode()) {
                throw new Unreadable(1, "it is empty; expected a JSON value");
            }
            if (Json.isTooDeep(value)) {
                throw new Unreadable(0, "it is nested more than %d levels deep".formatted(Json.DEEPEST));
            }
            return new Data(value, lines(text));
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new Unreadable(place == null ? 0 : Math.max(0, place.getLineNr()), "it is no JSON: " + Json.why(e));
        }
    }

    private static Map<String, Integer> lines(String text) {
        var lines = new HashMap<String, Integer>();
        try (var tokens = Json.MAPPER.createParser(text)) {
            for (var token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
                if (token != JsonToken.END_OBJECT && token != JsonToken.END_ARRAY) {
                    lines.putIfAbsent(
                            pointer(tokens), tokens.currentTokenLocation().getLineNr());
                }
            }
        }
        return lines;
    }

    private static String pointer(JsonParser tokens) {
        return tokens.streamReadContext().pathAsPointer().toString();
    }

    /** The line on which a value begins; of one that is not there, the nearest one around it. */
    public int line(String pointer) {
        var at = pointer;
        while (!lines.containsKey(at) && !at.isEmpty()) {
            at = at.substring(0, at.lastIndexOf('/'));
        }
        return lines.getOrDefault(at, 1);
    }
}
