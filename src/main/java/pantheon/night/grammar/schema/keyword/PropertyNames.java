package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;

/** {@code propertyNames}. */
public final class PropertyNames implements Keyword {
    private final SchemaDocument document;
    private final Loosenings loosenings;

    public PropertyNames(SchemaDocument document, Loosenings loosenings) {
        this.document = document;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("propertyNames")) {
            int names = document.child(schema, "propertyNames").positive();
            demands.constraint(branch -> branch.name(names));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("propertyNames") && !schema.isTrue("propertyNames")) {
            ways.add(loosenings.anything(schema, "propertyNames", Branch.OBJECT));
        }
    }
}
