package pantheon.night.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import pantheon.night.config.Problems.Place;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Violation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A schema of configuration, which is also where its defaults and the words of its messages stand: {@code default},
 * and {@code description} for what was expected.
 */
final class ConfigSchema {
    private static final int SHOWN_CHARS = 80;

    private final Schema schema;
    private final String under;

    ConfigSchema(String resource) {
        this(Schema.resource(resource), Pointer.ROOT);
    }

    /** @param under where in its file the value stands that is checked, as JSON Pointer */
    ConfigSchema(Schema schema, String under) {
        this.schema = schema;
        this.under = under;
    }

    /**
     * The single values that a configuration can hold, as JSON Pointer → their schema, in the schema's order. Where
     * the keys of an object are free, they are those that the configuration has.
     */
    Map<String, JsonNode> leaves(ObjectNode values) {
        var leaves = new LinkedHashMap<String, JsonNode>();
        collect(Pointer.ROOT, schema.json(), values, leaves);
        return leaves;
    }

    private static void collect(String pointer, JsonNode node, JsonNode values, Map<String, JsonNode> leaves) {
        if (!node.path("type").asString("").equals("object")) {
            leaves.put(pointer, node);
            return;
        }
        node.path("properties")
                .properties()
                .forEach(entry -> collect(
                        Pointer.child(pointer, entry.getKey()), entry.getValue(), values.path(entry.getKey()), leaves));
        var free = node.path("additionalProperties");
        if (free.isObject() && values.isObject()) {
            values.propertyNames()
                    .forEach(name -> collect(Pointer.child(pointer, name), free, values.path(name), leaves));
        }
    }

    /**
     * Adds what is wrong with a configuration.
     *
     * @param places JSON Pointer in the file → where the value stands
     */
    void check(JsonNode json, Function<String, Place> places, Problems problems) {
        Function<String, Place> place = pointer -> places.apply(under + pointer);
        for (var violation : schema.check(json)) {
            switch (violation.keyword()) {
                case "additionalProperties" -> problems.add(place.apply(property(violation)), unknownKey(violation));
                case "required" -> problems.add(place.apply(violation.pointer()), missing(violation));
                case "propertyNames" -> problems.add(place.apply(property(violation)), wrongName(violation));
                default -> {
                    var at = place.apply(violation.pointer());
                    problems.add(at, wrong(at, json.at(violation.pointer()), violation));
                }
            }
        }
    }

    private String dotted(String pointer) {
        return Pointer.dotted(under + pointer);
    }

    /** The property that is told of, or the value itself. */
    private static String property(Violation violation) {
        var property = violation.property();
        return property == null ? violation.pointer() : Pointer.child(violation.pointer(), property);
    }

    private String missing(Violation violation) {
        var at = property(violation);
        return "%s is missing; expected %s".formatted(dotted(at), expected(part(at), violation));
    }

    private String wrongName(Violation violation) {
        var names = part(violation.pointer()).path("propertyNames");
        return "%s has no name that can stand here; expected %s"
                .formatted(dotted(property(violation)), expected(names, violation));
    }

    private String unknownKey(Violation violation) {
        var known = properties(part(violation.pointer()));
        var at = property(violation);
        return "%s is no key here; expected one of %s. %s"
                .formatted(dotted(at), known, Slip.suggestion(Pointer.key(at), known, "Remove it."));
    }

    private String wrong(Place at, JsonNode value, Violation violation) {
        return "%s is %s; expected %s"
                .formatted(
                        at.isFlag() ? at.source() : dotted(violation.pointer()),
                        shortened(value),
                        expected(part(violation.pointer()), violation));
    }

    private static String expected(JsonNode part, Violation violation) {
        var description = part.path("description").asString("");
        return description.isEmpty()
                ? violation.message() + "."
                : description.substring(0, 1).toLowerCase(Locale.ROOT) + description.substring(1);
    }

    private static String shortened(JsonNode value) {
        var text = Json.write(value);
        return text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text;
    }

    /** The part of the schema that a value is checked against. */
    private JsonNode part(String pointer) {
        var node = schema.json();
        for (var key : Pointer.keys(pointer)) {
            var named = node.path("properties").path(key);
            node = !named.isMissingNode()
                    ? named
                    : node.has("items") ? node.get("items") : node.path("additionalProperties");
        }
        return node;
    }

    /** The names of the properties that an object's schema has. */
    static List<String> properties(JsonNode objectSchema) {
        return List.copyOf(objectSchema.path("properties").propertyNames());
    }
}
