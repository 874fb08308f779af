package pantheon.night.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
    /** A key this many changes away from a known one is taken for a slip. */
    private static final int NEAR = 2;

    private final Schema schema;

    ConfigSchema(String resource) {
        schema = Schema.resource(resource);
    }

    /** The single values that the schema knows by name, as {@code key.path} → their schema. */
    Map<String, JsonNode> leaves() {
        var leaves = new LinkedHashMap<String, JsonNode>();
        collect("", schema.json(), leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> leaves) {
        node.path("properties").properties().forEach(entry -> {
            var at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            if (!entry.getValue().path("type").asString("").equals("object")) {
                leaves.put(at, entry.getValue());
            } else {
                collect(at, entry.getValue(), leaves);
            }
        });
    }

    /**
     * Adds what is wrong with a configuration.
     *
     * @param place JSON Pointer → where the value stands
     */
    void check(ObjectNode json, UnaryOperator<String> place, Problems problems) {
        for (var violation : schema.check(json)) {
            var pointer = violation.pointer();
            boolean unknown = violation.keyword().equals("additionalProperties") && violation.property() != null;
            var at = unknown ? pointer + "/" + violation.property() : pointer;
            problems.add(place.apply(at), unknown ? unknownKey(violation) : wrong(json, violation));
        }
    }

    private String unknownKey(Violation violation) {
        var name = String.valueOf(violation.property());
        var known = new ArrayList<String>();
        at(violation.pointer()).path("properties").propertyNames().forEach(known::add);
        var nearest = nearest(name, known);
        return "%s is no key here; expected one of %s.%s"
                .formatted(
                        dotted(violation.pointer() + "/" + name),
                        known,
                        nearest == null ? " Remove it." : " Did you mean \"" + nearest + "\"?");
    }

    private String wrong(ObjectNode json, Violation violation) {
        if (violation.keyword().equals("required")) {
            var missing = violation.pointer() + "/" + violation.property();
            return "%s is missing; expected %s".formatted(dotted(missing), expected(missing, violation));
        }
        var value = violation.pointer().isEmpty() ? json : json.at(violation.pointer());
        return "%s is %s; expected %s"
                .formatted(dotted(violation.pointer()), shortened(value), expected(violation.pointer(), violation));
    }

    private String expected(String pointer, Violation violation) {
        var description = at(pointer).path("description").asString("");
        return description.isEmpty()
                ? violation.message() + "."
                : description.substring(0, 1).toLowerCase(Locale.ROOT) + description.substring(1);
    }

    private static String shortened(JsonNode value) {
        var text = Json.write(value);
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    /** The part of the schema that a value is checked against. */
    private JsonNode at(String pointer) {
        var node = schema.json();
        for (var part : pointer.split("/", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            var named = node.path("properties").path(part);
            node = !named.isMissingNode()
                    ? named
                    : node.has("items") ? node.get("items") : node.path("additionalProperties");
        }
        return node;
    }

    private static String dotted(String pointer) {
        return pointer.isEmpty() ? "the file" : pointer.substring(1).replace('/', '.');
    }

    /** The known word that a slip most likely meant, null where none is near. */
    static @Nullable String nearest(String word, List<String> known) {
        String best = null;
        int distance = NEAR + 1;
        for (var candidate : known) {
            int d = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (d < distance) {
                best = candidate;
                distance = d;
            }
        }
        return best;
    }

    /** Levenshtein's distance: single characters inserted, deleted, or replaced. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
