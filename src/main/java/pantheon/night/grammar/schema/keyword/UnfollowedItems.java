package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;

/** {@code contains} or {@code unevaluatedItems}: no grammar follows which items they mean. */
public final class UnfollowedItems implements Keyword {
    private final String name;
    private final Loosenings loosenings;

    public UnfollowedItems(String name, Loosenings loosenings) {
        this.name = name;
        this.loosenings = loosenings;
    }

    /** Whether it asks for something: items may all be left over, but an empty list contains none of any kind. */
    private boolean asks(Subschema schema) {
        return schema.has(name) && !(schema.isTrue(name) && name.equals("unevaluatedItems"));
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (asks(schema)) {
            demands.constraint(
                    loosenings.loosened(schema, name, "which items are meant is not followed", Branch.ARRAY));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (asks(schema)) {
            ways.add(loosenings.anything(schema, name, Branch.ARRAY));
        }
    }
}
