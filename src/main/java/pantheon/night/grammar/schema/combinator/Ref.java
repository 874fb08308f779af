package pantheon.night.grammar.schema.combinator;

import java.util.List;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.document.SchemaDocument;
import pantheon.night.grammar.schema.document.Subschema;
import pantheon.night.grammar.schema.keyword.Keyword;

/** {@code $ref}. */
public final class Ref implements Keyword {
    private final SchemaDocument document;

    public Ref(SchemaDocument document) {
        this.document = document;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.keyword("$ref").isString()) {
            demands.literal(document.target(schema).positive());
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.keyword("$ref").isString()) {
            ways.add(Option.of(document.target(schema).negative()));
        }
    }
}
