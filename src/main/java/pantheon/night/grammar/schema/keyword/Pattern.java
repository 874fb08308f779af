package pantheon.night.grammar.schema.keyword;

import java.util.List;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Language;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;

/** {@code pattern}. */
public final class Pattern implements Keyword {
    private final Languages languages;
    private final Loosenings loosenings;

    public Pattern(Languages languages, Loosenings loosenings) {
        this.languages = languages;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        if (schema.has("pattern")) {
            var language = language(schema);
            if (languages.isKnown(language, schema, "pattern")) {
                demands.constraint(branch -> branch.isIn(language));
            }
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        if (schema.has("pattern")) {
            var other = language(schema).opposite();
            ways.add(
                    languages.isKnown(other, schema, "pattern")
                            ? Option.that(Branch.STRING, branch -> branch.isIn(other))
                            : loosenings.anything(schema, "pattern", Branch.STRING));
        }
    }

    private static Language language(Subschema schema) {
        return new Language(Kind.PATTERN, schema.keyword("pattern").asString(""), false);
    }
}
