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
        return switch (one.getNodeType()) {
            case ARRAY -> IntStream.range(0, one.size()).allMatch(i -> equal(one.get(i), other.get(i)));
            case OBJECT -> one.properties().stream().allMatch(entry -> has(other, entry.getKey(), entry.getValue()));
            default -> one.equals(other);
        };
    }

    private static boolean has(JsonNode object, String name, JsonNode value) {
        return object.has(name) && equal(value, object.get(name));
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
