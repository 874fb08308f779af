package pantheon.night.grammar.schema;

import tools.jackson.databind.JsonNode;

/**
 * A schema inside a document.
 *
 * @param id its number in the document
 * @param json an object or a boolean
 * @param pointer where it was first met, as a JSON Pointer; for messages
 * @param base the address that its references are relative to, empty for none
 */
record Subschema(int id, JsonNode json, String pointer, String base) {
    Subschema {
        if (!json.isObject() && !json.isBoolean()) {
            throw new UnusableSchema(pointer, "is %s; a schema is an object or a boolean".formatted(json));
        }
    }

    /** The literal "valid against this". */
    int positive() {
        return id << 1;
    }

    /** The literal "not valid against this". */
    int negative() {
        return id << 1 | 1;
    }

    boolean has(String keyword) {
        return json.has(keyword);
    }
}
