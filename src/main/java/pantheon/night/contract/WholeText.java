package pantheon.night.contract;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Text that every reader of JSON takes. JSON's escapes can write half a surrogate pair (RFC 8259, 8.2), which is no
 * character: no file can hold it, and readers such as {@code jq} end there.
 */
public final class WholeText {
    private static final String REPLACEMENT = "\uFFFD";

    private WholeText() {}

    /** The text with U+FFFD in the place of each half of a pair. */
    public static String of(String text) {
        if (isWhole(text)) {
            return text;
        }
        var whole = new StringBuilder(text.length());
        text.codePoints().forEach(c -> whole.append(isHalf(c) ? REPLACEMENT : Character.toString(c)));
        return whole.toString();
    }

    /** The same of every key and every string of a value; the value itself where nothing is to be done. */
    public static JsonNode of(JsonNode value) {
        return isWhole(value) ? value : whole(value);
    }

    /** The same of an object. */
    public static ObjectNode of(ObjectNode object) {
        return (ObjectNode) of((JsonNode) object);
    }

    /** Where a value has half a pair first, as a JSON Pointer to its string, or to the object with such a key; empty where it has none. */
    public static Optional<String> half(JsonNode value) {
        return half(value, "");
    }

    private static Optional<String> half(JsonNode value, String pointer) {
        if (value.isString()) {
            return isWhole(value.stringValue()) ? Optional.empty() : Optional.of(pointer);
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .flatMap(entry -> (isWhole(entry.getKey())
                                    ? half(entry.getValue(), pointer + "/" + escaped(entry.getKey()))
                                    : Optional.of(pointer))
                            .stream())
                    .findFirst();
        }
        for (int i = 0; i < value.size(); i++) {
            var found = half(value.get(i), pointer + "/" + i);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** As RFC 6901 has it. */
    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode whole(JsonNode value) {
        if (value.isString()) {
            return Json.MAPPER.getNodeFactory().stringNode(of(value.stringValue()));
        }
        if (value.isObject()) {
            var object = Json.object();
            value.properties().forEach(entry -> object.set(of(entry.getKey()), whole(entry.getValue())));
            return object;
        }
        if (value.isArray()) {
            var array = Json.MAPPER.createArrayNode();
            value.forEach(item -> array.add(whole(item)));
            return array;
        }
        return value;
    }

    /** Whether no half of a pair is in it. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints().noneMatch(WholeText::isHalf);
            }
        }
        return true;
    }

    private static boolean isWhole(JsonNode value) {
        if (value.isString()) {
            return isWhole(value.stringValue());
        }
        for (var member : value.properties()) {
            if (!isWhole(member.getKey())) {
                return false;
            }
        }
        for (var item : value) {
            if (!isWhole(item)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
