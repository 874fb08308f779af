package pantheon.night.grammar.schema.combinator;

import java.util.List;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.keyword.Keyword;

/** {@code anyOf}. */
public final class AnyOf implements Keyword {
    private final SchemaDocument document;

    public AnyOf(SchemaDocument document) {
        this.document = document;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("anyOf")) {
            demands.choice(document.children(schema, "anyOf").stream()
                    .map(part -> Option.of(part.positive()))
                    .toList());
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("anyOf")) {
            ways.add(Option.of(document.children(schema, "anyOf").stream()
                    .mapToInt(Subschema::negative)
                    .toArray()));
        }
    }
}
