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

/** {@code format}; one that no draft defines asks nothing. */
public final class Format implements Keyword {
    private final Languages languages;
    private final Loosenings loosenings;

    public Format(Languages languages, Loosenings loosenings) {
        this.languages = languages;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        var format = schema.keyword("format").stringValue("");
        if (languages.isTooRich(format)) {
            var reason = "\"%s\" is too rich".formatted(format);
            demands.constraint(loosenings.loosened(schema, "format", reason, Branch.STRING));
        }
        if (languages.isFormat(format)) {
            var language = new Language(Kind.FORMAT, format, false);
            demands.constraint(branch -> branch.isIn(language));
        }
    }

    @Override
    public void opposite(Subschema schema, List<Option> ways) {
        var format = schema.keyword("format").stringValue("");
        if (languages.isFormat(format) || languages.isTooRich(format)) {
            ways.add(loosenings.anything(schema, "format", Branch.STRING));
        }
    }
}
