package pantheon.night.grammar.schema.combinator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Conjunction;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.keyword.Keyword;

/** {@code oneOf}: one of the parts, and none of those that it does not rule out by itself. */
public final class OneOf implements Keyword {
    private static final int MOST_PAIRS = 8;

    private final SchemaDocument document;
    private final Loosenings loosenings;
    private final Predicate<Conjunction> impossible;

    /**
     * The keyword in a document.
     *
     * @param impossible whether no value at all is known to fit
     */
    public OneOf(SchemaDocument document, Loosenings loosenings, Predicate<Conjunction> impossible) {
        this.document = document;
        this.loosenings = loosenings;
        this.impossible = impossible;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (!schema.has("oneOf")) {
            return;
        }
        var parts = document.children(schema, "oneOf");
        if (demands.isLenient()) {
            loosenings.add(schema, "oneOf", "more than one may fit, since ruling that out takes too many combinations");
            demands.choice(
                    parts.stream().map(part -> Option.of(part.positive())).toList());
        } else {
            demands.choice(parts.stream().map(part -> only(part, parts)).toList());
        }
    }

    /** A part, and none of the others. */
    private Option only(Subschema part, List<Subschema> parts) {
        var option = Option.of(part.positive());
        for (var other : parts) {
            if (other.id() != part.id() && !impossible.test(Conjunction.of(part.positive(), other.positive()))) {
                option = option.and(other.negative());
            }
        }
        return option;
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (!schema.has("oneOf")) {
            return;
        }
        var parts = document.children(schema, "oneOf");
        ways.add(Option.of(parts.stream().mapToInt(Subschema::negative).toArray()));
        if (parts.size() > MOST_PAIRS) {
            loosenings.add(schema, "oneOf", "its opposite has too many pairs");
            ways.add(Option.of());
        } else {
            ways.addAll(pairs(parts));
        }
    }

    private static List<Option> pairs(List<Subschema> parts) {
        var pairs = new ArrayList<Option>();
        for (int i = 0; i < parts.size(); i++) {
            for (var other : parts.subList(i + 1, parts.size())) {
                pairs.add(Option.of(parts.get(i).positive(), other.positive()));
            }
        }
        return pairs;
    }
}
