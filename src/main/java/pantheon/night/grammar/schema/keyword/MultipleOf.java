package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;

/** {@code multipleOf}. */
public final class MultipleOf implements Keyword {
    private final Loosenings loosenings;

    public MultipleOf(Loosenings loosenings) {
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("multipleOf")) {
            var step = schema.number("multipleOf");
            demands.constraint(branch -> branch.multipleOf(step));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("multipleOf")) {
            ways.add(loosenings.anything(schema, "multipleOf", Branch.NUMBER));
        }
    }
}
