package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import pantheon.night.grammar.schema.Language.Kind;
import pantheon.night.grammar.text.Automatons;
import pantheon.night.grammar.text.ByteTable;
import pantheon.night.grammar.text.EcmaPattern;
import pantheon.night.grammar.text.Formats;
import pantheon.night.grammar.text.JsonText;
import pantheon.night.grammar.text.UnsupportedPattern;

/** The automata of one schema's patterns and formats, each made once. */
final class Languages {
    /** Strings with nothing asked of them. */
    static final ByteTable ANY_STRING = ByteTable.of(JsonText.escaped(Automatons.anyString()));

    static final ByteTable ANY_KEY = ByteTable.of(JsonText.escapedKeys(Automatons.anyString()));

    private final Loosenings loosenings;
    private final Map<Language, Optional<Automaton>> known = new HashMap<>();
    private final Map<List<Object>, Optional<Automaton>> combined = new HashMap<>();
    private final Map<Automaton, ByteTable> tables = new HashMap<>();

    Languages(Loosenings loosenings) {
        this.loosenings = loosenings;
    }

    /** Whether there is an automaton of a language; where there is none, the report names the keyword. */
    boolean isKnown(Language language, Subschema schema, String keyword) {
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

    boolean isFormat(String format) {
        return Formats.language(format).isPresent();
    }

    private Automaton make(Language language) {
        if (language.negated()) {
            return Automatons.complement(make(new Language(language.kind(), language.source(), false)));
        }
        return language.kind() == Kind.PATTERN
                ? EcmaPattern.language(language.source())
                : Formats.language(language.source()).orElseThrow();
    }

    Automaton get(Language language) {
        return known.computeIfAbsent(language, missing -> Optional.of(make(missing)))
                .orElseThrow();
    }

    boolean matches(Language language, String text) {
        return Automatons.accepts(get(language), text);
    }

    /** The strings that are in all languages and are none of some others; empty for all strings. */
    Optional<Automaton> combined(Collection<Language> languages, Collection<String> except) {
        if (languages.isEmpty() && except.isEmpty()) {
            return Optional.empty();
        }
        var key = new ArrayList<Object>(languages);
        key.addAll(except);
        return combined.computeIfAbsent(key, missing -> {
            var all = new ArrayList<Automaton>();
            languages.forEach(language -> all.add(get(language)));
            if (!except.isEmpty()) {
                all.add(Automatons.complement(Automatons.words(except)));
            }
            return Optional.of(all.stream().reduce(Automatons::intersection).orElseThrow());
        });
    }

    /** How the strings of a language are written between quotes. */
    ByteTable written(Automaton language) {
        return tables.computeIfAbsent(language, missing -> ByteTable.of(JsonText.escaped(missing)));
    }

    /** How they are written as keys. */
    ByteTable writtenKeys(Automaton language) {
        return ByteTable.of(JsonText.escapedKeys(language));
    }

    static boolean isEmpty(Automaton language) {
        return Operations.isEmpty(language);
    }

    static String written(String text) {
        return JsonText.write(text);
    }

    static List<String> words(Automaton language, int limit) {
        return Automatons.words(language, limit);
    }
}
