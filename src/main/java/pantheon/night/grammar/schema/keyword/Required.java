package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;

/** {@code required}. */
public final class Required implements Keyword {
    @Override
    public void held(Subschema schema, Demands demands) {
        names(schema).forEach(name -> demands.constraint(branch -> branch.require(name)));
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        names(schema).forEach(name -> ways.add(Option.that(Branch.OBJECT, branch -> branch.forbid(name))));
    }

    private static List<String> names(Subschema schema) {
        var names = schema.keyword("required");
        return names.isArray()
                ? names.valueStream().map(name -> name.asString("")).toList()
                : List.of();
    }
}
