package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/** {@code minimum}; in draft 4, {@code exclusiveMinimum} says whether the bound itself is out. */
public final class Minimum implements Keyword {
    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("minimum")) {
            var bound = schema.number("minimum");
            demands.constraint(branch -> branch.atLeast(bound, schema.isTrue("exclusiveMinimum")));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("minimum")) {
            ways.add(Option.that(
                    Branch.NUMBER,
                    branch -> branch.atMost(schema.number("minimum"), !schema.isTrue("exclusiveMinimum"))));
        }
    }
}
