package pantheon.night.grammar.schema.branch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.jspecify.annotations.Nullable;
import pantheon.night.draft.Subschema;
import pantheon.night.grammar.schema.branch.Language.Kind;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.EcmaPattern;
import pantheon.night.language.text.ByteTable;
import pantheon.night.language.text.Formats;
import pantheon.night.language.text.JsonText;

/** The automata of one schema's patterns and formats, each made once. */
public final class Languages {
    /** Strings with nothing asked of them. */
    public static final ByteTable ANY_STRING = JsonText.values(Automatons.anyString());

    public static final ByteTable ANY_KEY = JsonText.keys(Automatons.anyString());

    private static final Map<Automaton, ByteTable> FORMATS = new ConcurrentHashMap<>();

    private static final int FEW = 64;
    /** Transitions that all automata of one schema may have together, so that every schema compiles within a second. */
    private static final long MOST_TRANSITIONS = 300_000;

    private final Loosenings loosenings;
    private long transitions;
    private final Map<Language, Optional<Automaton>> known = new HashMap<>();
    private final Map<List<Object>, Optional<Automaton>> combined = new HashMap<>();
    private final Map<Language, Optional<List<String>>> few = new HashMap<>();
    private final Map<Automaton, ByteTable> tables = new HashMap<>();
    private final Map<ByteTable, StringSource> sources = new HashMap<>();

    public Languages(Loosenings loosenings) {
        this.loosenings = loosenings;
    }

    /** Whether there is an automaton of a language; where there is none, the report names the keyword. */
    public boolean isKnown(Language language, Subschema schema, String keyword) {
        if (!known.containsKey(language)) {
            try {
                known.put(language, Optional.of(make(language)));
            } catch (UnsupportedPattern e) {
                loosenings.add(schema, keyword, String.valueOf(e.getMessage()));
                known.put(language, Optional.empty());
            }
        }
        return known.get(language).isPresent();
    }

    /** The words of a language that has just a few. */
    public Optional<List<String>> fewWords(Language language) {
        return few.computeIfAbsent(language, missing -> words(get(missing), FEW));
    }

    public boolean isFormat(String format) {
        return Formats.language(format).isPresent();
    }

    /** Whether a format is asserted, and no grammar holds it. */
    public boolean isTooRich(String format) {
        return Formats.isTooRich(format);
    }

    /** Adds an automaton to the work that one schema may make. */
    private Automaton counted(Automaton automaton) {
        transitions += automaton.getNumTransitions() + automaton.getNumStates();
        if (transitions > MOST_TRANSITIONS) {
            throw new UnsupportedPattern(
                    "its patterns together need more than %d transitions".formatted(MOST_TRANSITIONS));
        }
        return automaton;
    }

    private Automaton make(Language language) {
        if (language.negated()) {
            return counted(Automatons.complement(get(language.opposite())));
        }
        return language.kind() == Kind.PATTERN
                ? counted(EcmaPattern.language(language.source()))
                : Formats.language(language.source()).orElseThrow();
    }

    public Automaton get(Language language) {
        var there = known.get(language);
        if (there == null) {
            there = Optional.of(make(language));
            known.put(language, there);
        }
        return there.orElseThrow();
    }

    public boolean matches(Language language, String text) {
        return Automatons.accepts(get(language), text);
    }

    /** The strings that are in all languages and are none of some others; empty for all strings. */
    public Optional<Automaton> combined(Collection<Language> languages, Collection<String> except) {
        if (languages.isEmpty() && except.isEmpty()) {
            return Optional.empty();
        }
        var key = new ArrayList<Object>(languages);
        key.addAll(except);
        return combined.computeIfAbsent(key, missing -> Optional.of(intersection(languages, except)));
    }

    private Automaton intersection(Collection<Language> languages, Collection<String> except) {
        var all = new ArrayList<Automaton>();
        languages.forEach(language -> all.add(get(language)));
        if (!except.isEmpty()) {
            all.add(Automatons.complement(Automatons.words(except)));
        }
        return all.stream()
                .reduce((one, other) -> counted(Automatons.intersection(one, other)))
                .orElseThrow();
    }

    /** How the strings of a language are written between quotes. */
    public ByteTable written(Automaton language, StringSource source) {
        var table = Formats.isOne(language)
                ? FORMATS.computeIfAbsent(language, JsonText::values)
                : tables.computeIfAbsent(language, JsonText::values);
        sources.put(table, source);
        return table;
    }

    /** How they are written as keys. */
    public ByteTable writtenKeys(Automaton language, @Nullable StringSource source) {
        var table = JsonText.keys(language);
        if (source != null) {
            sources.put(table, source);
        }
        return table;
    }

    /** Where the automata that were written came from, as far as that is known. */
    public Map<ByteTable, StringSource> sources() {
        return Collections.unmodifiableMap(sources);
    }

    public static boolean isEmpty(Automaton language) {
        return Operations.isEmpty(language);
    }

    public static String written(String text) {
        return JsonText.write(text);
    }

    /** The words of a language that has at most so many. */
    public static Optional<List<String>> words(Automaton language, int most) {
        if (!Automatons.isFinite(language)) {
            return Optional.empty();
        }
        var words = Automatons.words(language, most + 1);
        return words.size() <= most ? Optional.of(words) : Optional.empty();
    }
}
