package pantheon.night.grammar.schema.combinator;

import java.util.List;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.keyword.Keyword;
import tools.jackson.databind.JsonNode;

/**
 * {@code dependentRequired} or {@code dependentSchemas}, or {@code dependencies}, which was both up to draft 7: what an
 * object with some property has to have, or to fit, beside.
 */
public final class Dependencies implements Keyword {
    private final String name;
    private final SchemaDocument document;
    private final Loosenings loosenings;

    public Dependencies(String name, SchemaDocument document, Loosenings loosenings) {
        this.name = name;
        this.document = document;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.keyword(name).isObject()) {
            schema.keyword(name)
                    .properties()
                    .forEach(entry -> demands.choice(dependency(schema, entry.getKey(), entry.getValue())));
        }
    }

    private List<Option> dependency(Subschema schema, String property, JsonNode needed) {
        var present = Option.that(branch -> branch.require(property));
        if (needed.isArray() || needed.isString()) {
            for (var other : needed.isArray() ? needed.valueStream().toList() : List.of(needed)) {
                present = present.and(branch -> branch.require(other.asString("")));
            }
        } else {
            present = present.and(document.child(schema, name, property).positive());
        }
        return List.of(
                Option.that(branch -> branch.only(Branch.ANY & ~Branch.OBJECT)),
                Option.that(Branch.OBJECT, branch -> branch.forbid(property)),
                present.and(branch -> branch.only(Branch.OBJECT)));
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has(name) && !schema.isTrue(name)) {
            ways.add(loosenings.anything(schema, name, Branch.OBJECT));
        }
    }
}
