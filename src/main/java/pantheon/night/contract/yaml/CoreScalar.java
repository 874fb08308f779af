package pantheon.night.contract.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A YAML scalar as JSON, by the core schema of YAML 1.2 (chapter 10.3): {@code yes}, {@code 06:00} and
 * {@code 1_000} are text, {@code 010} is ten. What JSON has no number for ({@code .inf}, {@code .nan}), or no
 * double can hold ({@code 1e999}), stays text.
 */
public final class CoreScalar {
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();
    private static final JsonNodeFactory JSON = Json.MAPPER.getNodeFactory();

    private CoreScalar() {}

    public static JsonNode json(ScalarEvent scalar) {
        return scalar.isPlain() ? plain(scalar.getValue()) : JSON.stringNode(scalar.getValue());
    }

    /** A plain scalar, one without quotes. */
    public static JsonNode plain(String text) {
        var tag = RESOLVER.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        } else if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(text.toLowerCase(Locale.ROOT).equals("true"));
        } else if (tag.equals(Tag.INT)) {
            return integer(text);
        } else if (tag.equals(Tag.FLOAT)) {
            return decimal(text);
        }
        return JSON.stringNode(text);
    }

    private static JsonNode integer(String text) {
        if (text.startsWith("0x")) {
            return number(new BigInteger(text.substring(2), 16));
        }
        return number(text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text));
    }

    private static JsonNode number(BigInteger value) {
        return value.bitLength() < Integer.SIZE ? JSON.numberNode(value.intValue()) : JSON.numberNode(value);
    }

    private static JsonNode decimal(String text) {
        try {
            var value = new BigDecimal(text);
            return Double.isFinite(value.doubleValue()) ? JSON.numberNode(value) : JSON.stringNode(text);
        } catch (NumberFormatException e) {
            return JSON.stringNode(text);
        }
    }
}
