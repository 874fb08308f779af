package pantheon.night.grammar.export;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.NamedCall;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Named;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.grammar.export.tree.Part.Text;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.schema.Alternative;
import pantheon.night.grammar.schema.ArgumentList;
import pantheon.night.grammar.schema.ArrayShape;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.ObjectShape.Property;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.schema.TextShape;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.grammar.schema.branch.Branch;

/** Writes sets of values as parts, each set as one rule. */
final class ValueParts {
    private static final Text COMMA = new Text(", ");
    private static final Text COLON = new Text(": ");
    private static final Text CLOSE = new Text("]");

    private final @Nullable ValueParts base;
    private final Rules rules;
    private final RepeatForm repeats;
    private final Words words;
    private final IdentityHashMap<ValueSet, Named> sets = new IdentityHashMap<>();
    private final Map<Object, Part> texts = new HashMap<>();
    private final Places places;

    /** @param base what is written already and can be referred to, or null */
    ValueParts(@Nullable ValueParts base, Rules rules, RepeatForm repeats, Words words, Places places) {
        this.places = places;
        this.base = base;
        this.rules = rules;
        this.repeats = repeats;
        this.words = words;
    }

    /** A string's language and bounds, whatever object has them. */
    private record StringKey(Object texts, int min, int max) {}

    /** A set's values, at a place with a name. */
    Part at(String name, ValueSet set) {
        return places.at(name, () -> value(set));
    }

    /** A call between the ends of its form, each argument by its name. */
    Part named(String tool, NamedCall call) {
        return places.at(
                tool,
                () -> Part.choice(
                        call.ways().stream().map(way -> arguments(call, way)).toList()));
    }

    private Part arguments(NamedCall call, ArgumentList way) {
        var shape = way.shape();
        var known = shape.properties().stream()
                .map(property -> argument(property, way.around()))
                .toList();
        var between = new Text(way.around().between());
        var around = new ObjectRules.Around(new Text(call.head()), between, new Text(call.tail()));
        return new ObjectRules(rules, around, shape, repeats.heldInGrid(shape, places), known, null).written();
    }

    private Part argument(Property property, ArgumentList.Around around) {
        if (!property.isUsable()) {
            return Part.NOTHING;
        }
        var name = new Text(around.beforeName() + property.written() + around.afterName());
        var behind = new Text(around.afterValue());
        return rules.named(Part.sequence(name, places.at(property.written(), () -> value(property.values(), behind))));
    }

    /** A value and what stands behind it. */
    private Part value(ValueSet set, Text behind) {
        var bare = words.bare(set, behind);
        return bare == null ? Part.sequence(value(set), behind) : bare;
    }

    private @Nullable Named known(ValueSet set) {
        var known = base == null ? null : base.known(set);
        return known == null ? sets.get(set) : known;
    }

    private Part value(ValueSet set) {
        var known = known(set);
        if (known != null) {
            return known;
        }
        words.require(set);
        var rule = rules.reserve();
        sets.put(set, rule);
        rules.define(
                rule,
                Part.choice(set.alternatives().stream()
                        .filter(alternative -> alternative.shortest() != ValueSet.NEVER)
                        .map(this::alternative)
                        .toList()));
        return rule;
    }

    private Part alternative(Alternative alternative) {
        return switch (alternative) {
            case TextShape text -> texts.computeIfAbsent(text.texts(), missing -> words.text(text.texts()));
            case StringShape string ->
                texts.computeIfAbsent(
                        new StringKey(string.texts(), string.min(), string.max()), missing -> words.string(string));
            case ArrayShape array -> Part.sequence(new Text("["), items(array, 0));
            case ObjectShape object -> object(object);
        };
    }

    /** The items from an index on, and the closing bracket. */
    private Part items(ArrayShape array, int at) {
        if (!array.canHold(at)) {
            return CLOSE;
        }
        var item = Part.sequence(at == 0 ? Part.NOTHING : COMMA, at("*", array.item(at)));
        if (at > 0 && at >= array.firstItems()) {
            return repeated(item, array, at);
        }
        boolean isLast = array.max() == at + 1;
        var rest = isLast ? CLOSE : at + 1 < array.firstItems() ? items(array, at + 1) : others(array, at + 1);
        var more = Part.sequence(item, rest);
        return at >= array.min() ? rules.named(Part.choice(more, CLOSE)) : more;
    }

    private Part others(ArrayShape array, int at) {
        return array.canHold(at) ? repeated(Part.sequence(COMMA, at("*", array.item(at))), array, at) : CLOSE;
    }

    /** Items that are alike, from an index on. */
    private Part repeated(Part item, ArrayShape array, int at) {
        int most = array.max() == Branch.UNBOUNDED ? Repeat.ENDLESS : array.max() - at;
        var held = repeats.held(Math.max(0, array.min() - at), most, "items", places);
        return repeats.of(rules, item, held.min(), held.max(), CLOSE);
    }

    private Part object(ObjectShape object) {
        var known = object.properties().stream().map(this::property).toList();
        var other = other(object);
        if (other != null && object.max() > 1) {
            places.allowTwice();
        }
        return known.isEmpty() && other != null
                ? Part.sequence(new Text("{"), alike(other, object))
                : grid(object, known, other);
    }

    private Part grid(ObjectShape object, List<Part> known, @Nullable Part other) {
        return new ObjectRules(rules, ObjectRules.Around.JSON, object, repeats.heldInGrid(object, places), known, other)
                .written();
    }

    /** Properties none of which is known by its name, and the closing brace. */
    private Part alike(Part other, ObjectShape object) {
        var close = new Text("}");
        int most = object.max() == Branch.UNBOUNDED ? Repeat.ENDLESS : object.max() - 1;
        if (most < 0) {
            return close;
        }
        var held = repeats.held(Math.max(0, object.min() - 1), most, "properties", places);
        var more = repeats.of(rules, Part.sequence(COMMA, other), held.min(), held.max(), close);
        var some = Part.sequence(other, more);
        return object.min() == 0 ? rules.named(Part.choice(some, close)) : some;
    }

    private Part property(Property property) {
        return property.isUsable()
                ? rules.named(Part.sequence(
                        new Text('"' + property.written() + "\": "), at(property.written(), property.values())))
                : Part.NOTHING;
    }

    private @Nullable Part other(ObjectShape object) {
        var ways = object.others().stream()
                .filter(others -> !others.values().isEmpty())
                .map(others -> Part.sequence(words.key(others, object), COLON, at("*", others.values())))
                .toList();
        return ways.isEmpty() ? null : rules.named(Part.choice(ways));
    }
}
