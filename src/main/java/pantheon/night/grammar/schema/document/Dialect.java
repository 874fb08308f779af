package pantheon.night.grammar.schema.document;

import tools.jackson.databind.JsonNode;

/** A draft of JSON Schema, as far as drafts differ in what a grammar holds. */
public enum Dialect {
    DRAFT_4,
    DRAFT_6,
    DRAFT_7,
    DRAFT_2019_09,
    DRAFT_2020_12;

    /** The draft that {@code $schema} names, the latest where it names none or one that is not known. */
    public static Dialect of(JsonNode schema) {
        var address = schema.path("$schema").asString("");
        if (address.contains("draft-04") || address.contains("draft-03")) {
            return DRAFT_4;
        }
        if (address.contains("draft-06")) {
            return DRAFT_6;
        }
        if (address.contains("draft-07")) {
            return DRAFT_7;
        }
        return address.contains("2019-09") ? DRAFT_2019_09 : DRAFT_2020_12;
    }

    /** Up to draft 7, nothing beside a {@code $ref} counts. */
    public boolean refHidesSiblings() {
        return compareTo(DRAFT_7) <= 0;
    }
}
