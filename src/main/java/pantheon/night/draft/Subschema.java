package pantheon.night.draft;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * A schema inside a document.
 *
 * @param id its number in the document
 * @param json an object or a boolean
 * @param pointer where it was first met, as a JSON Pointer; for messages
 * @param base the address that its references are relative to, empty for none
 */
public record Subschema(int id, JsonNode json, String pointer, String base) {
    /** Greater counts are all the same. */
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE - 1L);

    public Subschema {
        if (!json.isObject() && !json.isBoolean()) {
            throw new UnusableSchema(pointer, "is %s; a schema is an object or a boolean".formatted(json));
        }
    }

    /** The literal "valid against this". */
    public int positive() {
        return id << 1;
    }

    /** The literal "not valid against this". */
    public int negative() {
        return id << 1 | 1;
    }

    public boolean has(String keyword) {
        return json.has(keyword);
    }

    /** What a keyword says; missing where it is not there. */
    public JsonNode keyword(String keyword) {
        return json.path(keyword);
    }

    public boolean isTrue(String keyword) {
        return json.path(keyword).isBoolean() && json.path(keyword).booleanValue();
    }

    public boolean isNumber(String keyword) {
        return json.path(keyword).isNumber();
    }

    /** The number that a keyword says. */
    public BigDecimal number(String keyword) {
        var value = json.get(keyword);
        if (!value.isNumber()) {
            throw new UnusableSchema(pointer + "/" + keyword, "is %s; expected a number".formatted(value));
        }
        return value.decimalValue();
    }

    /** The count that a keyword says. */
    public int count(String keyword) {
        var number = number(keyword);
        if (number.signum() < 0) {
            throw new UnusableSchema(pointer + "/" + keyword, "is " + number + "; expected 0 or more");
        }
        return number.min(MOST).intValue();
    }
}
