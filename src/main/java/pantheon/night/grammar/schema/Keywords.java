package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.branch.Size;
import pantheon.night.grammar.schema.combinator.AllOf;
import pantheon.night.grammar.schema.combinator.AnyOf;
import pantheon.night.grammar.schema.combinator.Dependencies;
import pantheon.night.grammar.schema.combinator.If;
import pantheon.night.grammar.schema.combinator.Not;
import pantheon.night.grammar.schema.combinator.OneOf;
import pantheon.night.grammar.schema.combinator.Ref;
import pantheon.night.grammar.schema.keyword.Allowed;
import pantheon.night.grammar.schema.keyword.ExclusiveMaximum;
import pantheon.night.grammar.schema.keyword.ExclusiveMinimum;
import pantheon.night.grammar.schema.keyword.Fewest;
import pantheon.night.grammar.schema.keyword.Format;
import pantheon.night.grammar.schema.keyword.Items;
import pantheon.night.grammar.schema.keyword.Keyword;
import pantheon.night.grammar.schema.keyword.Maximum;
import pantheon.night.grammar.schema.keyword.Minimum;
import pantheon.night.grammar.schema.keyword.Most;
import pantheon.night.grammar.schema.keyword.MultipleOf;
import pantheon.night.grammar.schema.keyword.Pattern;
import pantheon.night.grammar.schema.keyword.Properties;
import pantheon.night.grammar.schema.keyword.PropertyNames;
import pantheon.night.grammar.schema.keyword.Required;
import pantheon.night.grammar.schema.keyword.Type;
import pantheon.night.grammar.schema.keyword.UnevaluatedProperties;
import pantheon.night.grammar.schema.keyword.UnfollowedItems;
import pantheon.night.grammar.schema.keyword.UniqueItems;

/**
 * The table of all keywords that are held: what they ask of a branch together, and how each is broken.
 *
 * <p>Their order decides in which order branches are found, and so what the report says first.
 */
final class Keywords {
    /** What asks something of a branch right away. */
    private final List<Keyword> constraints;
    /** What goes on to other subschemas, without a choice first. */
    private final List<Keyword> combinators;
    /** Each of both, as opposites are tried. */
    private final List<Keyword> opposed;

    /** @param impossible whether no value at all is known to fit */
    Keywords(SchemaDocument document, Languages languages, Loosenings loosenings, Predicate<Conjunction> impossible) {
        constraints = joined(List.of(
                values(loosenings),
                numbers(loosenings),
                strings(languages, loosenings),
                arrays(document, loosenings),
                objects(document, languages, loosenings)));
        var parts = List.<Keyword>of(
                new AllOf(document),
                new Not(document),
                new Ref("$ref", document, loosenings),
                new Ref("$dynamicRef", document, loosenings),
                new Ref("$recursiveRef", document, loosenings));
        var anyOf = List.<Keyword>of(new AnyOf(document));
        var condition = List.<Keyword>of(new If(document, loosenings));
        var dependencies = dependencies(document, loosenings);
        var oneOf = List.<Keyword>of(new OneOf(document, loosenings, impossible));
        combinators = joined(List.of(parts, anyOf, condition, dependencies, oneOf));
        opposed = joined(List.of(constraints, dependencies, anyOf, parts, condition, oneOf));
    }

    private static List<Keyword> joined(List<List<Keyword>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    private static List<Keyword> values(Loosenings loosenings) {
        return List.of(new Type(), Allowed.constant(loosenings), Allowed.enumeration(loosenings));
    }

    private static List<Keyword> numbers(Loosenings loosenings) {
        return List.of(
                new Minimum(),
                new Maximum(),
                new ExclusiveMinimum(),
                new ExclusiveMaximum(),
                new MultipleOf(loosenings));
    }

    private static List<Keyword> strings(Languages languages, Loosenings loosenings) {
        return List.of(
                new Fewest(Size.LENGTH),
                new Most(Size.LENGTH),
                new Pattern(languages, loosenings),
                new Format(languages, loosenings));
    }

    private static List<Keyword> arrays(SchemaDocument document, Loosenings loosenings) {
        return List.of(
                new Fewest(Size.ITEMS),
                new Most(Size.ITEMS),
                new Items(document, loosenings),
                new UniqueItems(loosenings),
                new UnfollowedItems("contains", loosenings),
                new UnfollowedItems("unevaluatedItems", loosenings));
    }

    private static List<Keyword> objects(SchemaDocument document, Languages languages, Loosenings loosenings) {
        return List.of(
                new Fewest(Size.PROPERTIES),
                new Most(Size.PROPERTIES),
                new Required(),
                new Properties(document, languages, loosenings),
                new PropertyNames(document, loosenings),
                new UnevaluatedProperties(loosenings));
    }

    private static List<Keyword> dependencies(SchemaDocument document, Loosenings loosenings) {
        return Stream.of("dependencies", "dependentRequired", "dependentSchemas")
                .<Keyword>map(name -> new Dependencies(name, document, loosenings))
                .toList();
    }

    /**
     * Puts a subschema's own constraints to a branch, and adds the literals and choices beside them; whether anything
     * can still fit.
     */
    boolean hold(Subschema schema, Branch branch, Demands demands) {
        var own = new Demands(demands.isLenient());
        constraints.forEach(keyword -> keyword.held(schema, own));
        if (!own.meet(branch)) {
            return false;
        }
        combinators.forEach(keyword -> keyword.held(schema, demands));
        return true;
    }

    /** The ways in which a value can break a subschema's own keywords. */
    List<Option> opposites(Subschema schema) {
        var ways = new ArrayList<Option>();
        opposed.forEach(keyword -> keyword.opposite(schema, ways));
        return ways;
    }
}
