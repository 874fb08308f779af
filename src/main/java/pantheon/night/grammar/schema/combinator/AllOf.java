package pantheon.night.grammar.schema.combinator;

import java.util.List;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.keyword.Keyword;

/** {@code allOf}. */
public final class AllOf implements Keyword {
    private final SchemaDocument document;

    public AllOf(SchemaDocument document) {
        this.document = document;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("allOf")) {
            document.children(schema, "allOf").forEach(part -> demands.literal(part.positive()));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("allOf")) {
            document.children(schema, "allOf").forEach(part -> ways.add(Option.of(part.negative())));
        }
    }
}
