package pantheon.night.grammar.schema.combinator;

import java.util.List;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.keyword.Keyword;

/** {@code not}. */
public final class Not implements Keyword {
    private final SchemaDocument document;

    public Not(SchemaDocument document) {
        this.document = document;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("not")) {
            demands.literal(document.child(schema, "not").negative());
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("not")) {
            ways.add(Option.of(document.child(schema, "not").positive()));
        }
    }
}
