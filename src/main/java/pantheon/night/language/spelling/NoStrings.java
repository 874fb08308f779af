package pantheon.night.language.spelling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.pattern.EcmaPattern;
import pantheon.night.language.text.ByteTable;

/**
 * The texts that are no bare strings at some place: they would be taken for something else.
 *
 * @param words whole texts
 * @param beginnings what such texts begin with
 * @param within what such texts contain; the line end before them belongs to it
 * @param numbers whether JSON's numbers are among them
 */
public record NoStrings(List<String> words, List<String> beginnings, List<String> within, boolean numbers) {
    private static final Automaton NUMBER =
            EcmaPattern.language("^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$");

    /** Few, since few kinds of values stand beside strings. */
    private static final Map<NoStrings, ByteTable> TABLES = new ConcurrentHashMap<>();

    public NoStrings {
        words = List.copyOf(words);
        beginnings = List.copyOf(beginnings);
        within = List.copyOf(within);
    }

    /** Their language. */
    public ByteTable table() {
        return TABLES.computeIfAbsent(this, NoStrings::make);
    }

    private static ByteTable make(NoStrings texts) {
        var first = new ArrayList<>(texts.beginnings());
        texts.within().stream()
                .filter(text -> text.startsWith("\n"))
                .map(text -> text.substring(1))
                .forEach(first::add);
        var all = Automatons.union(Automatons.bytesWith(texts.within(), first), Automatons.byteWords(texts.words()));
        return ByteTable.of(texts.numbers() ? Automatons.union(all, NUMBER) : all);
    }
}
