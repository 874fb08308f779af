package pantheon.night.contract;

import java.nio.file.Path;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as this program reads and writes it: duplicate keys are refused, key order is kept, integers are exact, and
 * floats are doubles; a number that no double can hold is refused.
 */
public final class Json {
    /** Buffers are a thread's own: two threads that read journals would wait for each other at a common pool. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .recyclerPool(JsonRecyclerPools.threadLocalPool())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .nodeFactory(new FiniteNumbers())
            .build();

    /** Finds a duplicate key as it builds the tree, which is cheaper than to keep the keys apart. */
    private static final ObjectReader TREES = MAPPER.reader()
            .without(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** What stands for a character of ASCII between quotes, empty where it stands for itself. */
    private static final String[] ESCAPES = escapes();

    /** Where a part began, as the reader's own words for it have it: an address of an object that nobody sees. */
    private static final Pattern STARTS =
            Pattern.compile(" \\((?:start marker|for \\w+ starting) at \\[Source: [^\\]]*]\\)");

    private Json() {}

    /** What is wrong with a text that cannot be read, for people: the reader's words, without where it holds that text. */
    public static String why(JacksonException wrong) {
        return STARTS.matcher(wrong.getOriginalMessage()).replaceAll("");
    }

    private static String[] escapes() {
        var escapes = new String[0x80];
        for (char c = 0; c < escapes.length; c++) {
            var escaped = new StringBuilder();
            JsonStringEncoder.getInstance().quoteAsString(Character.toString(c), escaped);
            escapes[c] = escaped.length() == 1 ? "" : escaped.toString();
        }
        return escapes;
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /**
     * Parses one JSON value and nothing after it.
     *
     * @throws JacksonException where the text is no JSON, has a duplicate key, or more than one value
     */
    public static JsonNode parse(String text) {
        return TREES.readTree(text);
    }

    /** Foreign JSON nested deeper than this is refused, so that what wraps it can still be written and read. */
    public static final int DEEPEST = 64;

    /** Whether a value is nested deeper than {@link #DEEPEST}. */
    public static boolean isTooDeep(JsonNode value) {
        return isDeeper(value, DEEPEST);
    }

    private static boolean isDeeper(JsonNode value, int levels) {
        if (!value.isContainer()) {
            return false;
        }
        if (levels == 0) {
            return true;
        }
        for (var item : value) {
            if (isDeeper(item, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a JSON file that ships with the program. */
    public static JsonNode resource(String path) {
        try (var stream = Json.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("resource " + path + " is missing from the program");
            }
            return MAPPER.readTree(stream);
        } catch (java.io.IOException e) {
            throw new IllegalStateException("resource " + path + " cannot be read", e);
        }
    }

    /** A string as a JSON literal, quotes included; for messages that show foreign text on one line. */
    public static String quote(String text) {
        return '"' + escaped(text) + '"';
    }

    /** A string as it stands in JSON between quotes; most of it stands as it is, and goes over at once. */
    public static String escaped(String text) {
        StringBuilder escaped = null;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ESCAPES.length && !ESCAPES[c].isEmpty()) {
                escaped = escaped == null ? new StringBuilder(text.length() + 64) : escaped;
                escaped.append(text, from, i).append(ESCAPES[c]);
                from = i + 1;
            }
        }
        return escaped == null
                ? text
                : escaped.append(text, from, text.length()).toString();
    }

    public static String quote(Path path) {
        return quote(path.toString());
    }

    /**
     * Writes JSON as Python's {@code json.dumps(value, ensure_ascii=False)} does: {@code ", "} and {@code ": "},
     * insertion order, floats by {@code repr}. The chat templates of today's models are defined over these bytes.
     */
    public static String write(JsonNode value) {
        return PythonJson.write(value);
    }

    /** JSON has no infinity, which is what a number beyond the doubles would become. */
    private static final class FiniteNumbers extends JsonNodeFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public NumericNode numberNode(double value) {
            if (!Double.isFinite(value)) {
                throw new StreamReadException(null, "a number is beyond the range of doubles");
            }
            return super.numberNode(value);
        }
    }
}
