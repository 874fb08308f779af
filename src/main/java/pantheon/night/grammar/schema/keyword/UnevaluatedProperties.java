package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;

/** {@code unevaluatedProperties}, which no grammar holds. */
public final class UnevaluatedProperties implements Keyword {
    private static final String NAME = "unevaluatedProperties";

    private final Loosenings loosenings;

    public UnevaluatedProperties(Loosenings loosenings) {
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has(NAME) && !schema.isTrue(NAME)) {
            demands.constraint(
                    loosenings.loosened(schema, NAME, "what others evaluate is not followed", Branch.OBJECT));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has(NAME) && !schema.isTrue(NAME)) {
            ways.add(loosenings.anything(schema, NAME, Branch.OBJECT));
        }
    }
}
