package pantheon.night.grammar.schema.keyword;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.ItemBounds.Facet;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;

/**
 * {@code prefixItems} and {@code items}; in drafts up to 2019-09, {@code items} with a list and {@code additionalItems}.
 */
public final class Items implements Keyword {
    private final SchemaDocument document;
    private final Loosenings loosenings;

    public Items(SchemaDocument document, Loosenings loosenings) {
        this.document = document;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        var first = first(schema);
        var others = others(schema);
        if (schema.has(others) || !first.isEmpty()) {
            var facet = new Facet(
                    first.stream().<@Nullable Integer>map(Subschema::positive).toList(),
                    schema.has(others) ? document.child(schema, others).positive() : null);
            demands.constraint(branch -> branch.add(facet));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        var first = first(schema);
        for (int i = 0; i < first.size(); i++) {
            ways.add(breaking(i, first.get(i)));
        }
        var others = others(schema);
        if (schema.has(others) && !schema.isTrue(others)) {
            ways.add(
                    schema.keyword(others).isBoolean()
                            ? Option.that(Branch.ARRAY, branch -> branch.itemsAtLeast(first.size() + 1))
                            : loosenings.anything(schema, others, Branch.ARRAY));
        }
    }

    /** The schemas of the first items, one by one. */
    private List<Subschema> first(Subschema schema) {
        if (schema.has("prefixItems")) {
            return document.children(schema, "prefixItems");
        }
        return schema.keyword("items").isArray() ? document.children(schema, "items") : List.of();
    }

    /** The keyword that all other items have to fit. */
    private static String others(Subschema schema) {
        return schema.keyword("items").isArray() ? "additionalItems" : "items";
    }

    /** An array whose item with an index is there, and does not fit. */
    private static Option breaking(int index, Subschema item) {
        var literals = new ArrayList<@Nullable Integer>(Collections.nCopies(index, null));
        literals.add(item.negative());
        var facet = new Facet(literals, null);
        return Option.that(Branch.ARRAY, branch -> branch.itemsAtLeast(index + 1) && branch.add(facet));
    }
}
