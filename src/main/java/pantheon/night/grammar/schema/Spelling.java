package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.contract.Json;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.spelling.FiniteTexts;
import pantheon.night.language.spelling.Kind;
import pantheon.night.language.spelling.NoStrings;
import pantheon.night.language.spelling.PythonText;
import pantheon.night.language.spelling.Quote;
import pantheon.night.language.text.ByteTable;
import pantheon.night.language.text.OtherTexts;

/**
 * How the arguments of calls are written that are no JSON object: the same sets of values by other texts.
 *
 * <p>Each set is spelled once, so those that tasks share are shared still.
 */
public final class Spelling {
    private static final String FIRSTS_OF_WORDS = "\"tfn[{";

    private final Quote quote;
    private final boolean pythonWords;
    private final boolean deep;
    private final List<String> never;
    private final Map<ValueSet, ValueSet> spelled = new HashMap<>();
    private final Map<List<Object>, ByteTable> tables = new HashMap<>();

    private Spelling(Quote quote, boolean pythonWords, boolean deep, List<String> never) {
        this.quote = quote;
        this.pythonWords = pythonWords;
        this.deep = deep;
        this.never = List.copyOf(never);
    }

    /**
     * Strings are bare, and no text of another value of the same set is a string.
     *
     * @param pythonWords whether true, false and null are written as Python has them
     * @param never what no string contains, the line end before it included
     */
    public static Spelling bare(boolean pythonWords, List<String> never) {
        return new Spelling(Quote.NONE, pythonWords, false, never);
    }

    /** Strings between single quotes, true, false and null as Python has them; lists and objects as JSON. */
    public static Spelling singleQuoted() {
        return new Spelling(Quote.SINGLE, true, false, List.of());
    }

    /** As JSON, without the escape of {@code /}, which Python does not know. */
    public static Spelling json() {
        return new Spelling(Quote.DOUBLE, false, false, List.of());
    }

    /** All as Python has it, strings between double quotes. */
    public static Spelling python() {
        return new Spelling(Quote.DOUBLE, true, true, List.of());
    }

    /** The same values; empty where none of them can be written. */
    public synchronized ValueSet of(ValueSet json) {
        var made = new ArrayList<ValueSet>();
        var found = spelled(json, made);
        SchemaCompiler.complete(made);
        return found;
    }

    private ValueSet spelled(ValueSet json, List<ValueSet> made) {
        var known = spelled.get(json);
        if (known == null) {
            known = new ValueSet();
            spelled.put(json, known);
            made.add(known);
            var kinds = json.kinds();
            known.become(json.alternatives().stream()
                    .flatMap(alternative -> spelled(alternative, kinds, made))
                    .toList());
        }
        return known;
    }

    private Stream<Alternative> spelled(Alternative alternative, Set<Kind> kinds, List<ValueSet> made) {
        return switch (alternative) {
            case StringShape string -> Stream.of(string(string, kinds));
            case TextShape text ->
                FIRSTS_OF_WORDS.chars().anyMatch(text::startsWith) ? words(text, kinds) : Stream.of(text);
            case ArrayShape array -> Stream.of(deep ? array.with(items -> spelled(items, made)) : array);
            case ObjectShape object -> Stream.of(deep ? object.with(values -> spelled(values, made)) : object);
        };
    }

    private Alternative string(StringShape string, Set<Kind> kinds) {
        var texts = switch (quote) {
            case DOUBLE -> made(string.texts(), kinds, OtherTexts::doubleQuoted);
            case SINGLE -> made(string.texts(), kinds, OtherTexts::singleQuoted);
            case NONE ->
                made(
                        string.texts(),
                        kinds,
                        json -> OtherTexts.bare(json).without(noStrings(kinds).table()));
        };
        return string.written(texts, quote);
    }

    private ByteTable made(ByteTable json, Set<Kind> kinds, UnaryOperator<ByteTable> maker) {
        return tables.computeIfAbsent(List.of(json, kinds), missing -> maker.apply(json));
    }

    /** What is not to be taken for a string where values of some kinds may stand. */
    private NoStrings noStrings(Set<Kind> kinds) {
        var words = new ArrayList<String>();
        var beginnings = new ArrayList<String>();
        for (var kind : kinds) {
            switch (kind) {
                case TRUE -> words.add(pythonWords ? "True" : "true");
                case FALSE -> words.add(pythonWords ? "False" : "false");
                case NULL -> words.add(pythonWords ? "None" : "null");
                case LIST -> beginnings.add("[");
                case OBJECT -> beginnings.add("{");
                case STRING, NUMBER -> {}
            }
        }
        return new NoStrings(words, beginnings, never, kinds.contains(Kind.NUMBER));
    }

    /** The values of an {@code enum} and their like, one by one. */
    private Stream<Alternative> words(TextShape text, Set<Kind> kinds) {
        var strings = new ArrayList<String>();
        var others = new ArrayList<String>();
        for (var word : FiniteTexts.of(text.texts())) {
            if (quote == Quote.NONE && word.startsWith("\"")) {
                strings.add(Json.parse(word).stringValue());
            } else {
                others.add(word(word));
            }
        }
        var bare = bare(strings, kinds);
        return Stream.concat(
                bare == null ? Stream.of() : Stream.of(bare),
                others.isEmpty() ? Stream.of() : Stream.of(new TextShape(table(others))));
    }

    private @Nullable Alternative bare(List<String> strings, Set<Kind> kinds) {
        if (strings.isEmpty()) {
            return null;
        }
        var texts = table(strings).without(noStrings(kinds).table());
        return new StringShape(texts, Lengths.ALL, 0, StringShape.UNBOUNDED, quote);
    }

    private String word(String json) {
        if (deep) {
            return PythonText.of(json);
        }
        if (quote == Quote.SINGLE && json.startsWith("\"")) {
            return PythonText.quoted(Json.parse(json).stringValue());
        }
        return pythonWords ? PythonText.word(json) : json;
    }

    private static ByteTable table(List<String> words) {
        return ByteTable.of(Automatons.byteWords(words));
    }
}
