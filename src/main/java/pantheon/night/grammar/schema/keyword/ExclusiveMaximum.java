package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/** {@code exclusiveMaximum} with a bound of its own, as drafts have it from 6 on. */
public final class ExclusiveMaximum implements Keyword {
    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.isNumber("exclusiveMaximum")) {
            demands.constraint(branch -> branch.atMost(schema.number("exclusiveMaximum"), true));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.isNumber("exclusiveMaximum")) {
            ways.add(Option.that(Branch.NUMBER, branch -> branch.atLeast(schema.number("exclusiveMaximum"), false)));
        }
    }
}
