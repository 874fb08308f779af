package pantheon.night.grammar.schema;

import java.util.List;
import java.util.function.Function;
import pantheon.night.grammar.schema.Language.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Decides whether a given value fits, as {@code enum} and {@code const} need it. */
final class Acceptance {
    private final SchemaDocument document;
    private final Languages languages;
    private final Function<Conjunction, List<Branch>> branches;

    Acceptance(SchemaDocument document, Languages languages, Function<Conjunction, List<Branch>> branches) {
        this.document = document;
        this.languages = languages;
        this.branches = branches;
    }

    List<Branch> branches(Conjunction conjunction) {
        return branches.apply(conjunction);
    }

    /** Whether a literal is known, at a look, to fit nothing. */
    boolean isNever(int literal) {
        var schema = document.get(literal);
        return schema.json().isBoolean() && schema.json().booleanValue() != (literal == schema.positive());
    }

    boolean accepts(int literal, String text) {
        return accepts(Conjunction.of(literal), JsonNodeFactory.instance.stringNode(text));
    }

    boolean accepts(Conjunction conjunction, JsonNode value) {
        return branches.apply(conjunction).stream().anyMatch(branch -> accepts(branch, value));
    }

    boolean accepts(Branch branch, JsonNode value) {
        return acceptsBesideEnum(branch, value)
                && (branch.allowed == null
                        || branch.allowed.stream().anyMatch(allowed -> Values.equal(allowed, value)));
    }

    /** The same, with {@code enum} and {@code const} left aside. */
    boolean acceptsBesideEnum(Branch branch, JsonNode value) {
        if (!branch.allows(Values.type(value))) {
            return false;
        }
        return switch (value.getNodeType()) {
            case NUMBER -> acceptsNumber(branch, value);
            case STRING -> acceptsString(branch, value.stringValue());
            case ARRAY -> acceptsArray(branch, value);
            case OBJECT -> acceptsObject(branch, value);
            default -> true;
        };
    }

    private static boolean acceptsNumber(Branch branch, JsonNode value) {
        var number = value.decimalValue();
        boolean whole = number.stripTrailingZeros().scale() <= 0;
        if ((branch.integer && !whole) || (branch.fractional && whole)) {
            return false;
        }
        if (branch.minimum != null) {
            int order = number.compareTo(branch.minimum);
            if (order < 0 || (order == 0 && branch.exclusiveMinimum)) {
                return false;
            }
        }
        if (branch.maximum != null) {
            int order = number.compareTo(branch.maximum);
            if (order > 0 || (order == 0 && branch.exclusiveMaximum)) {
                return false;
            }
        }
        return branch.multiples.stream().allMatch(step -> number.remainder(step).signum() == 0)
                && branch.otherNumbers.stream().noneMatch(other -> other.compareTo(number) == 0);
    }

    private boolean acceptsString(Branch branch, String text) {
        int length = text.codePointCount(0, text.length());
        return length >= branch.minLength
                && length <= branch.maxLength
                && !branch.otherStrings.contains(text)
                && branch.languages.stream().allMatch(language -> languages.matches(language, text));
    }

    private boolean acceptsArray(Branch branch, JsonNode value) {
        if (value.size() < branch.minItems || value.size() > branch.maxItems) {
            return false;
        }
        for (int i = 0; i < value.size(); i++) {
            if (!accepts(branch.item(i), value.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean acceptsObject(Branch branch, JsonNode value) {
        return value.size() >= branch.minProperties
                && value.size() <= branch.maxProperties
                && branch.required.stream().allMatch(value::has)
                && branch.forbidden.stream().noneMatch(value::has)
                && value.properties().stream()
                        .allMatch(entry -> branch.names.stream().allMatch(name -> accepts(name, entry.getKey()))
                                && accepts(property(branch, entry.getKey()), entry.getValue()));
    }

    /** What a branch's facets together ask of the property with a name. */
    Conjunction property(Branch branch, String name) {
        var conjunction = Conjunction.ANY;
        for (var facet : branch.objects) {
            var own = facet.named().get(name);
            boolean named = own != null;
            if (own != null) {
                conjunction = conjunction.and(own.literals());
            }
            for (var pattern : facet.patterns().entrySet()) {
                if (languages.matches(new Language(Kind.PATTERN, pattern.getKey(), false), name)) {
                    conjunction = conjunction.and(pattern.getValue());
                    named = true;
                }
            }
            if (!named && facet.others() != null) {
                conjunction = conjunction.and(facet.others());
            }
        }
        return conjunction;
    }
}
