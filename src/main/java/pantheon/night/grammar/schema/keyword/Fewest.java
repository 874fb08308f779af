package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.branch.Size;

/** {@code minLength}, {@code minItems}, or {@code minProperties}. */
public final class Fewest implements Keyword {
    private final Size size;
    private final String name;

    public Fewest(Size size) {
        this.size = size;
        name = "min" + size.inKeywords();
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has(name)) {
            demands.constraint(branch -> size.atLeast(branch, schema.count(name)));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has(name) && schema.count(name) > 0) {
            ways.add(Option.that(size.type(), branch -> size.atMost(branch, schema.count(name) - 1)));
        }
    }
}
