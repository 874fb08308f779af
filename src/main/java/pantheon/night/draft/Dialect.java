package pantheon.night.draft;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A draft of JSON Schema, as far as drafts differ in what a grammar holds. */
public enum Dialect {
    DRAFT_4,
    DRAFT_6,
    DRAFT_7,
    DRAFT_2019_09,
    DRAFT_2020_12;

    /** The first draft that has a keyword, for those that not all have. */
    private static final Map<String, Dialect> SINCE = Map.ofEntries(
            Map.entry("$id", DRAFT_6),
            Map.entry("const", DRAFT_6),
            Map.entry("contains", DRAFT_6),
            Map.entry("propertyNames", DRAFT_6),
            Map.entry("if", DRAFT_7),
            Map.entry("then", DRAFT_7),
            Map.entry("else", DRAFT_7),
            Map.entry("$anchor", DRAFT_2019_09),
            Map.entry("$recursiveRef", DRAFT_2019_09),
            Map.entry("$recursiveAnchor", DRAFT_2019_09),
            Map.entry("dependentRequired", DRAFT_2019_09),
            Map.entry("dependentSchemas", DRAFT_2019_09),
            Map.entry("minContains", DRAFT_2019_09),
            Map.entry("maxContains", DRAFT_2019_09),
            Map.entry("unevaluatedItems", DRAFT_2019_09),
            Map.entry("unevaluatedProperties", DRAFT_2019_09),
            Map.entry("$dynamicRef", DRAFT_2020_12),
            Map.entry("$dynamicAnchor", DRAFT_2020_12),
            Map.entry("prefixItems", DRAFT_2020_12));

    /** The last draft that has a keyword, for those that newer ones do not have. */
    private static final Map<String, Dialect> UNTIL = Map.of(
            "id", DRAFT_4,
            "additionalItems", DRAFT_2019_09,
            "$recursiveRef", DRAFT_2019_09,
            "$recursiveAnchor", DRAFT_2019_09);

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

    /** Whether a keyword may mean something in this draft; one of another draft is a note. */
    public boolean mayHave(String keyword) {
        return compareTo(SINCE.getOrDefault(keyword, DRAFT_4)) >= 0
                && compareTo(UNTIL.getOrDefault(keyword, DRAFT_2020_12)) <= 0;
    }

    /** Up to draft 7, nothing beside a {@code $ref} counts. */
    public boolean refHidesSiblings() {
        return compareTo(DRAFT_7) <= 0;
    }
}
