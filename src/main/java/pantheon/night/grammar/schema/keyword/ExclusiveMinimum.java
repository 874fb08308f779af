package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/** {@code exclusiveMinimum} with a bound of its own, as drafts have it from 6 on. */
public final class ExclusiveMinimum implements Keyword {
    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.isNumber("exclusiveMinimum")) {
            demands.constraint(branch -> branch.atLeast(schema.number("exclusiveMinimum"), true));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.isNumber("exclusiveMinimum")) {
            ways.add(Option.that(Branch.NUMBER, branch -> branch.atMost(schema.number("exclusiveMinimum"), false)));
        }
    }
}
