package pantheon.night.grammar.schema;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.ItemBounds;
import pantheon.night.grammar.schema.branch.Language;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.PropertyBounds;
import pantheon.night.grammar.schema.branch.PropertyBounds.Facet;
import pantheon.night.grammar.schema.branch.Values;
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
                && (branch.allowed() == null
                        || branch.allowed().stream().anyMatch(allowed -> Values.equal(allowed, value)));
    }

    /** The same, with {@code enum} and {@code const} left aside. */
    boolean acceptsBesideEnum(Branch branch, JsonNode value) {
        if (!branch.allows(Values.type(value))) {
            return false;
        }
        return switch (value.getNodeType()) {
            case NUMBER -> branch.numbers().fits(value.decimalValue());
            case STRING -> branch.strings().fits(value.stringValue(), languages);
            case ARRAY -> acceptsItems(branch.items(), value);
            case OBJECT -> acceptsProperties(branch.properties(), value);
            default -> true;
        };
    }

    private boolean acceptsItems(ItemBounds bounds, JsonNode value) {
        return value.size() >= bounds.min()
                && value.size() <= bounds.max()
                && IntStream.range(0, value.size()).allMatch(i -> accepts(bounds.item(i), value.get(i)));
    }

    private boolean acceptsProperties(PropertyBounds bounds, JsonNode value) {
        return value.size() >= bounds.min()
                && value.size() <= bounds.max()
                && bounds.required().stream().allMatch(value::has)
                && bounds.forbidden().stream().noneMatch(value::has)
                && value.properties().stream()
                        .allMatch(entry -> acceptsName(bounds, entry.getKey())
                                && accepts(property(bounds, entry.getKey()), entry.getValue()));
    }

    /** Whether a property may be called so, as far as its name alone says. */
    boolean acceptsName(PropertyBounds bounds, String name) {
        return bounds.names().stream().allMatch(literal -> accepts(literal, name));
    }

    /** What a branch's facets together ask of the property with a name. */
    Conjunction property(PropertyBounds bounds, String name) {
        var conjunction = Conjunction.ANY;
        for (var facet : bounds.facets()) {
            conjunction = conjunction.and(property(facet, name).literals());
        }
        return conjunction;
    }

    private Conjunction property(Facet facet, String name) {
        var own = facet.named().get(name);
        var conjunction = own == null ? Conjunction.ANY : own;
        boolean named = own != null;
        for (var pattern : facet.patterns().entrySet()) {
            if (languages.matches(new Language(Kind.PATTERN, pattern.getKey(), false), name)) {
                conjunction = conjunction.and(pattern.getValue());
                named = true;
            }
        }
        return named || facet.others() == null ? conjunction : conjunction.and(facet.others());
    }
}
