package pantheon.night.grammar.schema.branch;

import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values as JSON Schema has it: numbers by value, objects whatever the order of their keys. */
public final class Values {
    private Values() {}

    public static boolean equal(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.size() != other.size() || one.getNodeType() != other.getNodeType()) {
            return false;
        }
        if (one.isArray()) {
            return IntStream.range(0, one.size()).allMatch(i -> equal(one.get(i), other.get(i)));
        }
        if (one.isObject()) {
            return one.properties().stream()
                    .allMatch(entry -> other.has(entry.getKey()) && equal(entry.getValue(), other.get(entry.getKey())));
        }
        return one.equals(other);
    }

    /** The {@link Branch} type of a value. */
    public static int type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> Branch.NULL;
            case BOOLEAN -> value.booleanValue() ? Branch.TRUE : Branch.FALSE;
            case NUMBER -> Branch.NUMBER;
            case STRING -> Branch.STRING;
            case ARRAY -> Branch.ARRAY;
            case OBJECT -> Branch.OBJECT;
            default -> throw new IllegalStateException("no JSON value: " + value.getNodeType());
        };
    }
}
