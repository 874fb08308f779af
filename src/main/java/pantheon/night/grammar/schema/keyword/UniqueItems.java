package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;

/** {@code uniqueItems}, which no grammar holds but where there can be one item only. */
public final class UniqueItems implements Keyword {
    private final Loosenings loosenings;

    public UniqueItems(Loosenings loosenings) {
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        boolean single = schema.isNumber("maxItems") && schema.count("maxItems") < 2;
        if (schema.isTrue("uniqueItems") && !single) {
            var reason = "items are not compared while they are generated";
            demands.constraint(loosenings.loosened(schema, "uniqueItems", reason, Branch.ARRAY));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.keyword("uniqueItems").isObject() || schema.isTrue("uniqueItems")) {
            ways.add(loosenings.anything(schema, "uniqueItems", Branch.ARRAY));
        }
    }
}
