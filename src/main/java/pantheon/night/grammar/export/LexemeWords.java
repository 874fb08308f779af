package pantheon.night.grammar.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
import pantheon.night.grammar.schema.ArrayShape;
import pantheon.night.grammar.schema.ObjectShape;
import pantheon.night.grammar.schema.ObjectShape.Others;
import pantheon.night.grammar.schema.StringShape;
import pantheon.night.grammar.schema.TextShape;
import pantheon.night.grammar.schema.ValueSet;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.grammar.schema.branch.Language;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.grammar.schema.branch.Languages;
import pantheon.night.grammar.schema.branch.StringSource;
import pantheon.night.language.pattern.PatternShape;
import pantheon.night.language.spelling.Quote;
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

    private static final String NO_LISTS = "has lists or objects beside strings without quotes at one place";
    private static final List<Part.Range> ANY = List.of(
            new Part.Range(0, Character.MIN_SURROGATE - 1),
            new Part.Range(Character.MAX_SURROGATE + 1, Character.MAX_CODE_POINT));
    private static final Part ANY_QUOTED = Part.choice(
            new Part.OneOf(List.of(
                    new Part.Range(0, '\\' - 1), new Part.Range('\\' + 1, Character.MIN_SURROGATE - 1), ANY.getLast())),
            Part.sequence(new Text("\\"), new Part.OneOf(ANY)));

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

    /** One word with what ends it: a lexer takes as much for a string as it can. */
    @Override
    public @Nullable Part bare(ValueSet values, Text behind) {
        var kinds = values.alternatives();
        if (kinds.stream().noneMatch(kind -> kind instanceof StringShape string && string.isBare())) {
            return null;
        }
        require(values);
        return Part.choice(kinds.stream()
                .filter(kind -> kind.shortest() != ValueSet.NEVER)
                .map(kind -> switch (kind) {
                    case StringShape string -> bare(string, behind);
                    case TextShape text ->
                        lexeme(
                                List.of(Part.sequence(RegularPart.of(UnitReader.read(text.texts(), false)), behind)),
                                List.of());
                    case ArrayShape array -> throw new NotHeld(NO_LISTS);
                    case ObjectShape object -> throw new NotHeld(NO_LISTS);
                })
                .toList());
    }

    private Part bare(StringShape string, Text behind) {
        var in = new ArrayList<Part>();
        in.add(Part.sequence(RegularPart.of(UnitReader.read(string.texts(), false)), behind));
        if (counts(string)) {
            in.add(Part.sequence(new Repeat(new Part.OneOf(ANY), string.min(), max(string)), behind));
        }
        return lexeme(in, List.of());
    }

    /** Between single quotes, by its automaton. */
    private Part singleQuoted(StringShape string) {
        var quote = new Text("'");
        var in = new ArrayList<Part>();
        in.add(Part.sequence(quote, RegularPart.of(UnitReader.read(string.texts(), true)), quote));
        if (counts(string)) {
            in.add(Part.sequence(quote, new Repeat(ANY_QUOTED, string.min(), max(string)), quote));
        }
        return lexeme(in, List.of());
    }

    @Override
    public Part string(StringShape string) {
        if (string.quote() == Quote.SINGLE) {
            return singleQuoted(string);
        }
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
        var table = UnitReader.read(string.texts(), !string.isBare());
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
