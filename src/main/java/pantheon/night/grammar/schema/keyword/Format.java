package pantheon.night.grammar.schema.keyword;

import java.util.List;
import java.util.Set;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Demands;
import pantheon.night.grammar.schema.branch.Language;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.Loosenings;
import pantheon.night.grammar.schema.branch.Option;
import pantheon.night.grammar.schema.document.Subschema;

/** {@code format}; one that is not known asks nothing. */
public final class Format implements Keyword {
    /** Formats that validators assert and no grammar holds. */
    private static final Set<String> TOO_RICH = Set.of("regex", "uri-template", "idn-hostname");

    private final Languages languages;
    private final Loosenings loosenings;

    public Format(Languages languages, Loosenings loosenings) {
        this.languages = languages;
        this.loosenings = loosenings;
    }

    @Override
    public void held(Subschema schema, Demands demands) {
        var format = schema.keyword("format").stringValue("");
        if (TOO_RICH.contains(format)) {
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
        if (languages.isFormat(format) || TOO_RICH.contains(format)) {
            ways.add(loosenings.anything(schema, "format", Branch.STRING));
        }
    }
}
