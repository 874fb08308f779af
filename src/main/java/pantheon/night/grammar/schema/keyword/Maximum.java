package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/** {@code maximum}; in draft 4, {@code exclusiveMaximum} says whether the bound itself is out. */
public final class Maximum implements Keyword {
    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("maximum")) {
            var bound = schema.number("maximum");
            demands.constraint(branch -> branch.atMost(bound, schema.isTrue("exclusiveMaximum")));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("maximum")) {
            ways.add(Option.that(
                    Branch.NUMBER,
                    branch -> branch.atLeast(schema.number("maximum"), !schema.isTrue("exclusiveMaximum"))));
        }
    }
}
