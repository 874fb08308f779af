package pantheon.night.grammar.schema.combinator;

import java.util.List;
import pantheon.night.draft.SchemaDocument;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.keyword.Keyword;

/** {@code if}, with {@code then} and {@code else}. */
public final class If implements Keyword {
    private final SchemaDocument document;
    private final Loosenings loosenings;

    public If(SchemaDocument document, Loosenings loosenings) {
        this.document = document;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("if") && (schema.has("then") || schema.has("else"))) {
            var condition = document.child(schema, "if");
            var then = Option.of(condition.positive());
            var otherwise = demands.isLenient() ? either(schema) : Option.of(condition.negative());
            demands.choice(List.of(with(then, schema, "then"), with(otherwise, schema, "else")));
        }
    }

    /** Values of which nobody asks whether they fit the condition. */
    private Option either(Subschema schema) {
        var reason = "its opposite takes too many combinations";
        return Option.of().and(loosenings.loosened(schema, "if", reason, Branch.ANY));
    }

    private Option with(Option side, Subschema schema, String keyword) {
        return schema.has(keyword) ? side.and(document.child(schema, keyword).positive()) : side;
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("if")) {
            var condition = document.child(schema, "if");
            breaking(condition.positive(), schema, "then", ways);
            breaking(condition.negative(), schema, "else", ways);
        }
    }

    private void breaking(int condition, Subschema schema, String keyword, List<Option> ways) {
        if (schema.has(keyword)) {
            ways.add(Option.of(condition, document.child(schema, keyword).negative()));
        }
    }
}
