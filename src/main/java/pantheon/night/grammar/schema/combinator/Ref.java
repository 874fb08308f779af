package pantheon.night.grammar.schema.combinator;

import java.util.List;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.keyword.Keyword;

/**
 * {@code $ref}, {@code $dynamicRef} or {@code $recursiveRef}. The latter two are what the first is, unless several parts
 * of a document have the anchor that they name: then it depends on the way to them where they lead.
 */
public final class Ref implements Keyword {
    private final String name;
    private final SchemaDocument document;
    private final Loosenings loosenings;

    public Ref(String name, SchemaDocument document, Loosenings loosenings) {
        this.name = name;
        this.document = document;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (!schema.keyword(name).isString()) {
            return;
        }
        if (document.isDynamic(schema, name)) {
            var reason = "several parts have its anchor, and the way to it decides";
            demands.choice(List.of(Option.of().and(loosenings.loosened(schema, name, reason, Branch.ANY))));
        } else {
            demands.literal(document.target(schema, name).positive());
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.keyword(name).isString()) {
            ways.add(
                    document.isDynamic(schema, name)
                            ? loosenings.anything(schema, name, Branch.ANY)
                            : Option.of(document.target(schema, name).negative()));
        }
    }
}
