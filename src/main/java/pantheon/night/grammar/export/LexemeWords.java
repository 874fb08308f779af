package pantheon.night.grammar.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pantheon.night.grammar.export.tree.NotHeld;
import pantheon.night.grammar.export.tree.Part;
import pantheon.night.grammar.export.tree.Part.Lexeme;
import pantheon.night.grammar.export.tree.Part.Repeat;
import pantheon.night.grammar.export.tree.Part.Text;
import pantheon.night.grammar.export.tree.Rules;
import pantheon.night.grammar.export.unit.CountedTable;
import pantheon.night.grammar.export.unit.RegularPart;
import pantheon.night.grammar.export.unit.UnitReader;
import pantheon.night.grammar.export.unit.Written;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.ObjectShape.Others;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Language;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.StringSource;
import pantheon.night.language.pattern.PatternShape;
import pantheon.night.language.text.ByteTable;
import pantheon.night.language.text.Formats;

/**
 * Regular languages as words for an engine with a lexer. Strings are written by the patterns and formats that they came
 * from, with their repeats; only where these have conditions in their midst, by their automaton.
 */
final class LexemeWords implements Words {
    private static final Text QUOTE = new Text("\"");
    /** With more languages at once llguidance may give up in the midst of a text. */
    private static final int MOST_TOGETHER = 2;

    /** As above, for strings of which any may come. */
    private static final int MOST_KINDS = 8;

    private final Rules rules;
    private final Map<ByteTable, StringSource> sources;
    private final Places places;

    LexemeWords(Rules rules, Map<ByteTable, StringSource> sources, Places places) {
        this.places = places;
        this.rules = rules;
        this.sources = sources;
    }

    @Override
    public void require(ValueSet values) {
        var kinds = values.alternatives().stream().filter(StringShape.class::isInstance);
        if (kinds.count() > MOST_KINDS) {
            throw new NotHeld("has more than %d kinds of strings at one place".formatted(MOST_KINDS));
        }
    }

    @Override
    public Part text(ByteTable texts) {
        return lexeme(List.of(RegularPart.of(UnitReader.read(texts, false))), List.of());
    }

    @Override
    public Part string(StringShape string) {
        var in = new ArrayList<Part>();
        var out = new ArrayList<Part>();
        if (string.texts() != Languages.ANY_STRING) {
            add(string.texts(), Written.VALUE, in, out);
        }
        if (in.isEmpty() || counts(string)) {
            in.add(Written.VALUE.repeat(Written.VALUE.any(), string.min(), max(string)));
        }
        return quoted(in, out);
    }

    private static int max(StringShape string) {
        return string.max() == Branch.UNBOUNDED ? Repeat.ENDLESS : string.max();
    }

    /** Whether its bounds say more than its language, and are held beside it. */
    private boolean counts(StringShape string) {
        if (!string.isCounted()) {
            return false;
        }
        var table = UnitReader.read(string.texts(), true);
        if (table.isBetween(string.min(), max(string))) {
            return false;
        }
        int most = RepeatForm.NATIVE.mostCounted();
        boolean isHeld = CountedTable.of(table, string.min(), max(string), most).isPresent();
        if (!isHeld) {
            places.loosen(LENGTH_LET_GO);
        }
        return isHeld;
    }

    @Override
    public Part key(Others others, ObjectShape object) {
        var in = new ArrayList<Part>();
        var out = new ArrayList<Part>();
        if (!others.any()) {
            add(others.names(), Written.KEY, in, out);
        } else if (object.knowsNames()) {
            out.add(Part.choice(object.properties().stream()
                    .<Part>map(property -> new Text(property.written()))
                    .toList()));
        }
        if (in.isEmpty()) {
            in.add(new Repeat(Written.KEY.any(), 0, Repeat.ENDLESS));
        }
        return quoted(in, out);
    }

    /** Adds what a language is in, and what it is not in; with nothing that it is in, it is all strings. */
    private void add(ByteTable texts, Written written, List<Part> in, List<Part> out) {
        var source = sources.get(texts);
        if (source == null || source.languages().size() > MOST_TOGETHER || !hasShapes(source, written)) {
            in.add(RegularPart.of(UnitReader.read(texts, true)));
            return;
        }
        for (var language : source.languages()) {
            shape(language, written).ifPresent((language.negated() ? out : in)::add);
        }
        if (!source.others().isEmpty()) {
            out.add(Part.choice(source.others().stream().map(written::text).toList()));
        }
    }

    private static boolean hasShapes(StringSource source, Written written) {
        return source.languages().stream()
                .allMatch(language -> shape(language, written).isPresent());
    }

    private static Optional<Part> shape(Language language, Written written) {
        var pattern =
                language.kind() == Kind.PATTERN ? Optional.of(language.source()) : Formats.pattern(language.source());
        return pattern.flatMap(source -> PatternShape.of(source, written));
    }

    private Part quoted(List<Part> in, List<Part> out) {
        return lexeme(
                in.stream().map(LexemeWords::quoted).toList(),
                out.stream().map(LexemeWords::quoted).toList());
    }

    private static Part quoted(Part part) {
        return Part.sequence(QUOTE, part, QUOTE);
    }

    private Part lexeme(List<Part> in, List<Part> out) {
        return rules.named(new Lexeme(in, out));
    }
}
