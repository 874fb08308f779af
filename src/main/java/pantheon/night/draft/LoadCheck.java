package pantheon.night.draft;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a schema has to be so that a value can be checked by it on a bounded stack: not nested too deeply, and without a
 * way from a subschema back to itself that goes into no property or item, which would never end.
 */
public final class LoadCheck {
    /** Schemas nested deeper than this, counted in objects and lists, are refused. */
    public static final int DEEPEST = 200;

    /** The most steps from a subschema to others that the same value has to fit, one behind the other. */
    private static final int LONGEST = 64;

    /** How many subschemas the same value may have to fit, those counted again that are reached again. */
    private static final long MOST_ASKED = 1_000_000;

    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");
    /** Keywords whose subschemas are for the same value. */
    private static final List<String> SAME_VALUE =
            List.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies");
    /** Keywords whose subschemas are for a part of the value, or for the name of a property. */
    private static final List<String> PARTS = List.of(
            "properties",
            "patternProperties",
            "additionalProperties",
            "propertyNames",
            "unevaluatedProperties",
            "prefixItems",
            "items",
            "additionalItems",
            "contains",
            "unevaluatedItems");
    /** Keywords whose operands are subschemas by names. */
    private static final Set<String> BY_NAME =
            Set.of("properties", "patternProperties", "dependentSchemas", "dependencies");

    private final SchemaDocument document;
    private final ArrayDeque<Subschema> waiting = new ArrayDeque<>();
    private final Map<Subschema, Integer> heights = new HashMap<>();
    private final Map<Subschema, Long> asked = new HashMap<>();
    private final Set<Subschema> onTheWay = new HashSet<>();

    private LoadCheck(JsonNode json) {
        document = new SchemaDocument(json);
    }

    /**
     * Looks at a schema before any value is checked by it.
     *
     * @throws UnusableSchema where it is not such a one, or a dynamic reference leads nowhere
     */
    public static void check(JsonNode json) {
        if (isDeeper(json, DEEPEST)) {
            throw new UnusableSchema("", "is nested more than %d levels deep".formatted(DEEPEST));
        }
        new LoadCheck(json).check();
    }

    /** Whether a value is nested deeper than some levels of objects and lists. */
    public static boolean isDeeper(JsonNode value, int levels) {
        return value.isContainer() && (levels == 0 || value.valueStream().anyMatch(item -> isDeeper(item, levels - 1)));
    }

    private void check() {
        waiting.add(document.root());
        while (!waiting.isEmpty()) {
            height(waiting.remove());
        }
    }

    /** How many steps lead from a subschema on to others for the same value. */
    private int height(Subschema schema) {
        var known = heights.get(schema);
        if (known != null) {
            return known;
        }
        if (!onTheWay.add(schema)) {
            throw new UnusableSchema(
                    schema.pointer(), "leads back to itself without a property or an item between, and never ends");
        }
        int height = 0;
        for (var next : forTheSameValue(schema)) {
            height = Math.max(height, 1 + height(next));
            if (height > LONGEST || onTheWay.size() > LONGEST) {
                throw new UnusableSchema(
                        schema.pointer(), "leads over more than %d subschemas one behind the other".formatted(LONGEST));
            }
        }
        onTheWay.remove(schema);
        heights.put(schema, height);
        count(schema);
        if (!isOnlyReference(schema)) {
            PARTS.forEach(keyword -> waiting.addAll(operands(schema, keyword)));
        }
        return height;
    }

    /** All that it leads on to has been counted. */
    private void count(Subschema schema) {
        long count = 1;
        for (var next : forTheSameValue(schema)) {
            count += asked.getOrDefault(next, 1L);
        }
        if (count > MOST_ASKED) {
            throw new UnusableSchema(
                    schema.pointer(), "asks more than %d subschemas about the same value".formatted(MOST_ASKED));
        }
        asked.put(schema, count);
    }

    private List<Subschema> forTheSameValue(Subschema schema) {
        var referred = REFERENCES.stream()
                .filter(keyword -> schema.keyword(keyword).isString())
                .flatMap(keyword -> referred(schema, keyword));
        var others = SAME_VALUE.stream().flatMap(keyword -> operands(schema, keyword).stream());
        return (isOnlyReference(schema) ? referred : Stream.concat(referred, others)).toList();
    }

    private boolean isOnlyReference(Subschema schema) {
        return document.dialect().refHidesSiblings() && schema.keyword("$ref").isString();
    }

    private Stream<Subschema> referred(Subschema schema, String keyword) {
        return keyword.equals("$ref")
                ? document.found(schema, keyword).stream() // else it is that of a draft itself, or refused later
                : Stream.of(document.target(schema, keyword));
    }

    private List<Subschema> operands(Subschema schema, String keyword) {
        var operand = schema.keyword(keyword);
        if (operand.isArray()) {
            return document.children(schema, keyword);
        }
        if (!BY_NAME.contains(keyword)) {
            return operand.isMissingNode() ? List.of() : List.of(document.child(schema, keyword));
        }
        return operand.propertyNames().stream()
                .filter(name -> isSchema(operand.path(name)))
                .map(name -> document.child(schema, keyword, name))
                .toList();
    }

    /** Up to draft 7, what a property depends on may be a list of names. */
    private static boolean isSchema(JsonNode operand) {
        return operand.isObject() || operand.isBoolean();
    }
}
