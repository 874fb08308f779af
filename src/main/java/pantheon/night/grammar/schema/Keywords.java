package pantheon.night.grammar.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import pantheon.night.grammar.schema.Branch.ArrayFacet;
import pantheon.night.grammar.schema.Branch.ObjectFacet;
import pantheon.night.grammar.schema.Language.Kind;
import tools.jackson.databind.JsonNode;

/** What each keyword of a subschema asks of a branch, and what its opposite asks. */
final class Keywords {
    /** Formats that validators assert and no grammar holds. */
    private static final Set<String> FORMATS_TOO_RICH = Set.of("regex", "uri-template", "idn-hostname");

    private static final BigDecimal LONGEST = BigDecimal.valueOf(Branch.UNBOUNDED - 1L);

    private final SchemaDocument document;
    private final Languages languages;
    private final Loosenings loosenings;

    Keywords(SchemaDocument document, Languages languages, Loosenings loosenings) {
        this.document = document;
        this.languages = languages;
        this.loosenings = loosenings;
    }

    /** Adds a subschema's own constraints to a branch; whether anything can still fit. */
    boolean apply(Subschema schema, Branch branch) {
        var constraints = new ArrayList<Predicate<Branch>>();
        values(schema, constraints);
        numbers(schema, constraints);
        strings(schema, constraints);
        arrays(schema, constraints);
        objects(schema, constraints);
        return constraints.stream().allMatch(constraint -> constraint.test(branch));
    }

    /** Constraints and literals that hold together, and are added to a branch without a choice. */
    List<Integer> parts(Subschema schema) {
        var parts = new ArrayList<Integer>();
        if (schema.has("allOf")) {
            document.children(schema, "allOf").forEach(part -> parts.add(part.positive()));
        }
        if (schema.has("not")) {
            parts.add(document.child(schema, "not").negative());
        }
        if (schema.json().path("$ref").isString()) {
            parts.add(target(schema).positive());
        }
        return parts;
    }

    Subschema target(Subschema schema) {
        return document.resolve(schema, schema.json().get("$ref").stringValue());
    }

    private void values(Subschema schema, List<Predicate<Branch>> out) {
        if (schema.has("type")) {
            var types = typeNames(schema);
            out.add(branch -> {
                if (!types.contains("number") && types.contains("integer") && !branch.onlyIntegers()) {
                    return false;
                }
                return branch.only(mask(types, schema));
            });
        }
        if (schema.has("const")) {
            out.add(branch -> branch.allow(List.of(schema.json().get("const"))));
        }
        if (schema.has("enum")) {
            out.add(branch ->
                    branch.allow(schema.json().get("enum").valueStream().toList()));
        }
    }

    private static List<String> typeNames(Subschema schema) {
        var type = schema.json().get("type");
        return type.isArray()
                ? type.valueStream().map(name -> name.asString("")).toList()
                : List.of(type.asString(""));
    }

    private static int mask(List<String> types, Subschema schema) {
        int mask = 0;
        for (var type : types) {
            mask |= switch (type) {
                case "null" -> Branch.NULL;
                case "boolean" -> Branch.TRUE | Branch.FALSE;
                case "number", "integer" -> Branch.NUMBER;
                case "string" -> Branch.STRING;
                case "array" -> Branch.ARRAY;
                case "object" -> Branch.OBJECT;
                case "any" -> Branch.ANY;
                default ->
                    throw new UnusableSchema(
                            schema.pointer() + "/type",
                            "is \"%s\"; expected null, boolean, number, integer, string, array, or object"
                                    .formatted(type));
            };
        }
        return mask;
    }

    private static BigDecimal number(Subschema schema, String keyword) {
        var value = schema.json().get(keyword);
        if (!value.isNumber()) {
            throw new UnusableSchema(schema.pointer() + "/" + keyword, "is %s; expected a number".formatted(value));
        }
        return value.decimalValue();
    }

    private static int count(Subschema schema, String keyword) {
        var number = number(schema, keyword);
        if (number.signum() < 0) {
            throw new UnusableSchema(schema.pointer() + "/" + keyword, "is " + number + "; expected 0 or more");
        }
        return number.min(LONGEST).intValue();
    }

    private static boolean isTrue(Subschema schema, String keyword) {
        return schema.json().path(keyword).isBoolean()
                && schema.json().path(keyword).booleanValue();
    }

    private static boolean isNumber(Subschema schema, String keyword) {
        return schema.json().path(keyword).isNumber();
    }

    private void numbers(Subschema schema, List<Predicate<Branch>> out) {
        if (schema.has("minimum")) {
            var bound = number(schema, "minimum");
            out.add(branch -> branch.atLeast(bound, isTrue(schema, "exclusiveMinimum")));
        }
        if (schema.has("maximum")) {
            var bound = number(schema, "maximum");
            out.add(branch -> branch.atMost(bound, isTrue(schema, "exclusiveMaximum")));
        }
        if (isNumber(schema, "exclusiveMinimum")) {
            out.add(branch -> branch.atLeast(number(schema, "exclusiveMinimum"), true));
        }
        if (isNumber(schema, "exclusiveMaximum")) {
            out.add(branch -> branch.atMost(number(schema, "exclusiveMaximum"), true));
        }
        if (schema.has("multipleOf")) {
            var step = number(schema, "multipleOf");
            out.add(branch -> branch.multiples.add(step));
        }
    }

    private void strings(Subschema schema, List<Predicate<Branch>> out) {
        if (schema.has("minLength")) {
            out.add(branch -> branch.lengthAtLeast(count(schema, "minLength")));
        }
        if (schema.has("maxLength")) {
            out.add(branch -> branch.lengthAtMost(count(schema, "maxLength")));
        }
        if (schema.has("pattern")) {
            var language =
                    new Language(Kind.PATTERN, schema.json().get("pattern").asString(""), false);
            if (languages.isKnown(language, schema, "pattern")) {
                out.add(branch -> branch.isIn(language));
            }
        }
        if (schema.json().path("format").isString()) {
            var format = schema.json().get("format").stringValue();
            if (FORMATS_TOO_RICH.contains(format)) {
                out.add(loosened(schema, "format", "\"%s\" is too rich".formatted(format), Branch.STRING));
            }
            var language = new Language(Kind.FORMAT, format, false);
            if (languages.isFormat(format)) {
                out.add(branch -> branch.isIn(language));
            }
        }
    }

    private void arrays(Subschema schema, List<Predicate<Branch>> out) {
        if (schema.has("minItems")) {
            out.add(branch -> branch.itemsAtLeast(count(schema, "minItems")));
        }
        if (schema.has("maxItems")) {
            out.add(branch -> branch.itemsAtMost(count(schema, "maxItems")));
        }
        var first = schema.has("prefixItems")
                ? document.children(schema, "prefixItems")
                : schema.json().path("items").isArray() ? document.children(schema, "items") : List.<Subschema>of();
        var others = schema.json().path("items").isArray() ? "additionalItems" : "items";
        if (schema.has(others) || !first.isEmpty()) {
            var facet = new ArrayFacet(
                    first.stream().map(Subschema::positive).toList(),
                    schema.has(others) ? document.child(schema, others).positive() : null);
            out.add(branch -> branch.arrays.add(facet));
        }
        if (isTrue(schema, "uniqueItems") && !(isNumber(schema, "maxItems") && count(schema, "maxItems") < 2)) {
            out.add(loosened(schema, "uniqueItems", "items are not compared while they are generated", Branch.ARRAY));
        }
        for (var keyword : List.of("contains", "unevaluatedItems")) {
            if (schema.has(keyword) && !isTrue(schema, keyword)) {
                out.add(loosened(schema, keyword, "which items are meant is not followed", Branch.ARRAY));
            }
        }
    }

    private void objects(Subschema schema, List<Predicate<Branch>> out) {
        if (schema.has("minProperties")) {
            out.add(branch -> branch.propertiesAtLeast(count(schema, "minProperties")));
        }
        if (schema.has("maxProperties")) {
            out.add(branch -> branch.propertiesAtMost(count(schema, "maxProperties")));
        }
        var named = new LinkedHashMap<String, Conjunction>();
        literals(schema, "properties").forEach((name, literal) -> named.put(name, Conjunction.of(literal)));
        var patterns = patterns(schema, named);
        var others = schema.has("additionalProperties")
                ? document.child(schema, "additionalProperties").positive()
                : null;
        if (!named.isEmpty() || !patterns.isEmpty() || others != null) {
            var facet = new ObjectFacet(named, patterns, others);
            out.add(branch -> branch.objects.add(facet));
        }
        if (schema.json().path("required").isArray()) {
            schema.json().get("required").forEach(name -> out.add(branch -> branch.require(name.asString(""))));
        }
        if (schema.has("propertyNames")) {
            int names = document.child(schema, "propertyNames").positive();
            out.add(branch -> branch.name(names));
        }
        if (schema.has("unevaluatedProperties") && !isTrue(schema, "unevaluatedProperties")) {
            out.add(loosened(schema, "unevaluatedProperties", "what others evaluate is not followed", Branch.OBJECT));
        }
    }

    private Map<String, Integer> literals(Subschema schema, String keyword) {
        var named = new LinkedHashMap<String, Integer>();
        if (schema.json().path(keyword).isObject()) {
            schema.json()
                    .get(keyword)
                    .propertyNames()
                    .forEach(name -> named.put(
                            name, document.child(schema, keyword, name).positive()));
        }
        return named;
    }

    /** The patterns of names; those that few names match are added to the names. */
    private Map<String, Integer> patterns(Subschema schema, Map<String, Conjunction> named) {
        var patterns = literals(schema, "patternProperties");
        for (var entry : List.copyOf(patterns.entrySet())) {
            var pattern = entry.getKey();
            var language = new Language(Kind.PATTERN, pattern, false);
            if (!languages.isKnown(language, schema, "patternProperties")) {
                throw new UnusableSchema(
                        schema.pointer() + "/patternProperties", "has a pattern that no grammar holds: " + pattern);
            }
            var words = languages.fewWords(language);
            if (words.isPresent()) {
                int literal = entry.getValue();
                patterns.remove(pattern);
                words.get()
                        .forEach(name ->
                                named.merge(name, Conjunction.of(literal), (one, other) -> one.and(other.literals())));
            }
        }
        return patterns;
    }

    /**
     * The choices that a subschema leaves, apart from {@code oneOf}.
     *
     * @param lenient whether {@code else} may be taken by what fits {@code if} too
     */
    List<List<Option>> choices(Subschema schema, boolean lenient) {
        var choices = new ArrayList<List<Option>>();
        if (schema.has("anyOf")) {
            choices.add(document.children(schema, "anyOf").stream()
                    .map(part -> Option.of(part.positive()))
                    .toList());
        }
        if (schema.has("if") && (schema.has("then") || schema.has("else"))) {
            var condition = document.child(schema, "if");
            var then = Option.of(condition.positive());
            var otherwise = lenient
                    ? Option.of().and(loosened(schema, "if", "its opposite takes too many combinations", Branch.ANY))
                    : Option.of(condition.negative());
            choices.add(List.of(
                    schema.has("then") ? then.and(document.child(schema, "then").positive()) : then,
                    schema.has("else")
                            ? otherwise.and(document.child(schema, "else").positive())
                            : otherwise));
        }
        for (var keyword : List.of("dependencies", "dependentRequired", "dependentSchemas")) {
            if (schema.json().path(keyword).isObject()) {
                schema.json()
                        .get(keyword)
                        .properties()
                        .forEach(entry -> choices.add(dependency(schema, keyword, entry.getKey(), entry.getValue())));
            }
        }
        return choices;
    }

    private List<Option> dependency(Subschema schema, String keyword, String name, JsonNode value) {
        var present = Option.that(branch -> branch.require(name));
        if (value.isArray() || value.isString()) {
            var needed = value.isArray() ? value.valueStream().toList() : List.of(value);
            for (var other : needed) {
                present = present.and(branch -> branch.require(other.asString("")));
            }
        } else {
            present = present.and(document.child(schema, keyword, name).positive());
        }
        return List.of(
                Option.that(branch -> branch.only(Branch.ANY & ~Branch.OBJECT)),
                Option.that(branch -> branch.only(Branch.OBJECT) && branch.forbid(name)),
                present.and(branch -> branch.only(Branch.OBJECT)));
    }

    /** The ways in which a value can break a subschema's own keywords. */
    List<Option> opposites(Subschema schema) {
        var ways = new ArrayList<Option>();
        if (schema.has("type")) {
            var types = typeNames(schema);
            int others = Branch.ANY & ~mask(types, schema);
            if (others != 0) {
                ways.add(Option.that(branch -> branch.only(others)));
            }
            if (types.contains("integer") && !types.contains("number")) {
                ways.add(Option.that(branch -> branch.only(Branch.NUMBER) && branch.noIntegers()));
            }
        }
        if (schema.has("const")) {
            ways.add(unequal(schema, "const", List.of(schema.json().get("const"))));
        }
        if (schema.has("enum")) {
            ways.add(unequal(
                    schema, "enum", schema.json().get("enum").valueStream().toList()));
        }
        numberOpposites(schema, ways);
        stringOpposites(schema, ways);
        arrayOpposites(schema, ways);
        objectOpposites(schema, ways);
        if (schema.has("anyOf")) {
            ways.add(Option.of(document.children(schema, "anyOf").stream()
                    .mapToInt(Subschema::negative)
                    .toArray()));
        }
        if (schema.has("allOf")) {
            document.children(schema, "allOf").forEach(part -> ways.add(Option.of(part.negative())));
        }
        if (schema.has("not")) {
            ways.add(Option.of(document.child(schema, "not").positive()));
        }
        if (schema.json().path("$ref").isString()) {
            ways.add(Option.of(target(schema).negative()));
        }
        if (schema.has("if")) {
            var condition = document.child(schema, "if");
            if (schema.has("then")) {
                ways.add(Option.of(
                        condition.positive(), document.child(schema, "then").negative()));
            }
            if (schema.has("else")) {
                ways.add(Option.of(
                        condition.negative(), document.child(schema, "else").negative()));
            }
        }
        return ways;
    }

    /** A way of breaking a keyword that cannot be held: any value of the type, and the report says so. */
    private Option anything(Subschema schema, String keyword, int type) {
        return Option.that(branch -> branch.only(type))
                .and(loosened(schema, keyword, "its opposite is not held", type));
    }

    /** Fits anything; where the branch has the type, the report names the keyword. */
    private Predicate<Branch> loosened(Subschema schema, String keyword, String reason, int type) {
        return branch -> {
            if (branch.allows(type)) {
                loosenings.add(schema, keyword, reason);
            }
            return true;
        };
    }

    private Option unequal(Subschema schema, String keyword, List<JsonNode> values) {
        var way = Option.that(branch -> true);
        for (var value : values) {
            way = switch (value.getNodeType()) {
                case NULL, BOOLEAN -> way.and(branch -> branch.only(Branch.ANY & ~Values.type(value)));
                case NUMBER -> way.and(branch -> branch.otherNumbers.add(value.decimalValue()));
                case STRING -> way.and(branch -> branch.differ(value.stringValue()));
                case ARRAY ->
                    value.isEmpty()
                            ? way.and(branch -> branch.itemsAtLeast(1))
                            : way.and(loosened(schema, keyword, "lists are not compared with it", Branch.ARRAY));
                default ->
                    value.isEmpty()
                            ? way.and(branch -> branch.propertiesAtLeast(1))
                            : way.and(loosened(schema, keyword, "objects are not compared with it", Branch.OBJECT));
            };
        }
        return way;
    }

    private void numberOpposites(Subschema schema, List<Option> ways) {
        if (schema.has("minimum")) {
            ways.add(Option.that(branch -> branch.only(Branch.NUMBER)
                    && branch.atMost(number(schema, "minimum"), !isTrue(schema, "exclusiveMinimum"))));
        }
        if (schema.has("maximum")) {
            ways.add(Option.that(branch -> branch.only(Branch.NUMBER)
                    && branch.atLeast(number(schema, "maximum"), !isTrue(schema, "exclusiveMaximum"))));
        }
        if (isNumber(schema, "exclusiveMinimum")) {
            ways.add(Option.that(
                    branch -> branch.only(Branch.NUMBER) && branch.atMost(number(schema, "exclusiveMinimum"), false)));
        }
        if (isNumber(schema, "exclusiveMaximum")) {
            ways.add(Option.that(
                    branch -> branch.only(Branch.NUMBER) && branch.atLeast(number(schema, "exclusiveMaximum"), false)));
        }
        if (schema.has("multipleOf")) {
            ways.add(anything(schema, "multipleOf", Branch.NUMBER));
        }
    }

    private void stringOpposites(Subschema schema, List<Option> ways) {
        if (schema.has("minLength") && count(schema, "minLength") > 0) {
            ways.add(Option.that(
                    branch -> branch.only(Branch.STRING) && branch.lengthAtMost(count(schema, "minLength") - 1)));
        }
        if (schema.has("maxLength")) {
            ways.add(Option.that(
                    branch -> branch.only(Branch.STRING) && branch.lengthAtLeast(count(schema, "maxLength") + 1)));
        }
        if (schema.has("pattern")) {
            var other = new Language(Kind.PATTERN, schema.json().get("pattern").asString(""), true);
            ways.add(
                    languages.isKnown(other, schema, "pattern")
                            ? Option.that(branch -> branch.only(Branch.STRING) && branch.isIn(other))
                            : anything(schema, "pattern", Branch.STRING));
        }
        if (schema.json().path("format").isString()) {
            var format = schema.json().get("format").stringValue();
            if (languages.isFormat(format) || FORMATS_TOO_RICH.contains(format)) {
                ways.add(anything(schema, "format", Branch.STRING));
            }
        }
    }

    private void arrayOpposites(Subschema schema, List<Option> ways) {
        if (schema.has("minItems") && count(schema, "minItems") > 0) {
            ways.add(Option.that(
                    branch -> branch.only(Branch.ARRAY) && branch.itemsAtMost(count(schema, "minItems") - 1)));
        }
        if (schema.has("maxItems")) {
            ways.add(Option.that(
                    branch -> branch.only(Branch.ARRAY) && branch.itemsAtLeast(count(schema, "maxItems") + 1)));
        }
        var first = schema.has("prefixItems")
                ? document.children(schema, "prefixItems")
                : schema.json().path("items").isArray() ? document.children(schema, "items") : List.<Subschema>of();
        for (int i = 0; i < first.size(); i++) {
            var literals = new ArrayList<Integer>();
            for (int before = 0; before < i; before++) {
                literals.add(null);
            }
            literals.add(first.get(i).negative());
            int length = i + 1;
            ways.add(Option.that(branch -> branch.only(Branch.ARRAY)
                    && branch.itemsAtLeast(length)
                    && branch.arrays.add(new ArrayFacet(literals, null))));
        }
        var others = schema.json().path("items").isArray() ? "additionalItems" : "items";
        if (schema.has(others) && !isTrue(schema, others)) {
            if (schema.json().get(others).isBoolean()) {
                ways.add(Option.that(branch -> branch.only(Branch.ARRAY) && branch.itemsAtLeast(first.size() + 1)));
            } else {
                ways.add(anything(schema, others, Branch.ARRAY));
            }
        }
        for (var keyword : List.of("uniqueItems", "contains", "unevaluatedItems")) {
            if (schema.json().path(keyword).isObject() || isTrue(schema, keyword)) {
                ways.add(anything(schema, keyword, Branch.ARRAY));
            }
        }
    }

    private void objectOpposites(Subschema schema, List<Option> ways) {
        if (schema.has("minProperties") && count(schema, "minProperties") > 0) {
            ways.add(Option.that(branch ->
                    branch.only(Branch.OBJECT) && branch.propertiesAtMost(count(schema, "minProperties") - 1)));
        }
        if (schema.has("maxProperties")) {
            ways.add(Option.that(branch ->
                    branch.only(Branch.OBJECT) && branch.propertiesAtLeast(count(schema, "maxProperties") + 1)));
        }
        if (schema.json().path("required").isArray()) {
            schema.json()
                    .get("required")
                    .forEach(name -> ways.add(
                            Option.that(branch -> branch.only(Branch.OBJECT) && branch.forbid(name.asString("")))));
        }
        if (schema.json().path("properties").isObject()) {
            schema.json().get("properties").propertyNames().forEach(name -> {
                int broken = document.child(schema, "properties", name).negative();
                ways.add(Option.that(branch -> branch.only(Branch.OBJECT)
                        && branch.require(name)
                        && branch.objects.add(ObjectFacet.of(name, broken))));
            });
        }
        for (var keyword : List.of(
                "patternProperties",
                "additionalProperties",
                "propertyNames",
                "unevaluatedProperties",
                "dependencies",
                "dependentRequired",
                "dependentSchemas")) {
            if (schema.has(keyword) && !isTrue(schema, keyword)) {
                ways.add(anything(schema, keyword, Branch.OBJECT));
            }
        }
    }
}
