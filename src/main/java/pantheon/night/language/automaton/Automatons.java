package pantheon.night.language.automaton;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * Lucene's operations on automata, within bounds.
 *
 * <p>Languages here are sets of strings of Unicode code points, without halves of surrogate pairs; each automaton is
 * deterministic and has no dead states.
 */
public final class Automatons {
    /** More states than this are too complex. */
    public static final int MOST_STATES = 20_000;

    private static final int MOST_WORK = 100_000;

    private static final Automaton ANY_STRING = anyString();

    private Automatons() {}

    /** A character that is none of some, in ranges from first to last. */
    public static Automaton anyCharacter() {
        return Automata.makeCharClass(
                new int[] {0, Character.MAX_SURROGATE + 1},
                new int[] {Character.MIN_SURROGATE - 1, Character.MAX_CODE_POINT});
    }

    public static Automaton anyString() {
        return LiveStates.only(Operations.determinize(Operations.repeat(anyCharacter()), MOST_WORK));
    }

    /**
     * The same language by a deterministic automaton.
     *
     * @throws UnsupportedPattern where it would be too large
     */
    public static Automaton deterministic(Automaton automaton) {
        if (automaton.getNumStates() > 4 * MOST_STATES) {
            throw tooComplex();
        }
        try {
            var result = LiveStates.only(Operations.determinize(automaton, MOST_WORK));
            if (result.getNumStates() > MOST_STATES) {
                throw tooComplex();
            }
            return result;
        } catch (TooComplexToDeterminizeException e) {
            throw tooComplex();
        }
    }

    /** What is thrown where an automaton would be too large. */
    public static UnsupportedPattern tooComplex() {
        return new UnsupportedPattern("an automaton of it is too complex, beyond %d states".formatted(MOST_STATES));
    }

    /** The strings that two languages share. */
    public static Automaton intersection(Automaton one, Automaton other) {
        return Product.inBoth(one, other);
    }

    /** The strings of one language that are not in another. */
    public static Automaton minus(Automaton one, Automaton other) {
        return Product.inFirst(one, other);
    }

    /** All other strings. */
    public static Automaton complement(Automaton automaton) {
        return minus(ANY_STRING, automaton);
    }

    public static Automaton union(Automaton one, Automaton other) {
        return deterministic(Operations.union(List.of(one, other)));
    }

    /** Just these strings. */
    public static Automaton words(Collection<String> words) {
        return words.isEmpty()
                ? Automata.makeEmpty()
                : deterministic(Operations.union(
                        words.stream().map(Automata::makeString).toList()));
    }

    /** Just these strings, over the bytes of UTF-8. */
    public static Automaton byteWords(Collection<String> words) {
        var sorted = words.stream()
                .distinct()
                .map(word -> new BytesRef(word.getBytes(StandardCharsets.UTF_8)))
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return Automata.makeEmpty();
        }
        boolean tooLong = sorted.stream().anyMatch(word -> word.length > Automata.MAX_STRING_UNION_TERM_LENGTH);
        return tooLong ? deterministic(byteUnion(sorted)) : Automata.makeBinaryStringUnion(sorted);
    }

    /** The byte strings that contain one of some texts, or begin with one of others. */
    public static Automaton bytesWith(Collection<String> anywhere, Collection<String> atStart) {
        var any = Operations.repeat(Automata.makeCharRange(0, 255));
        var ends = new ArrayList<Automaton>();
        anywhere.forEach(word -> ends.add(Operations.concatenate(List.of(any, bytes(word)))));
        atStart.forEach(word -> ends.add(bytes(word)));
        // What follows is shared, so that a text that has one is not asked for the others.
        return ends.isEmpty()
                ? Automata.makeEmpty()
                : deterministic(Operations.concatenate(List.of(Operations.union(ends), any)));
    }

    private static Automaton bytes(String text) {
        return Automata.makeBinary(new BytesRef(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Automaton byteUnion(List<BytesRef> words) {
        return Operations.union(words.stream().map(Automata::makeBinary).toList());
    }

    /** Strings by their length in characters; meant for small bounds, since every length is a state. */
    public static Automaton lengthBetween(int min, int max) {
        if (min > MOST_STATES || (max != Integer.MAX_VALUE && max > MOST_STATES)) {
            throw tooComplex();
        }
        return deterministic(
                max == Integer.MAX_VALUE
                        ? Operations.repeat(anyCharacter(), min)
                        : Operations.repeat(anyCharacter(), min, max));
    }

    public static boolean accepts(Automaton automaton, String text) {
        int state = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            state = automaton.step(state, text.codePointAt(i));
            if (state < 0) {
                return false;
            }
        }
        return automaton.getNumStates() > 0 && automaton.isAccept(state);
    }

    /** Whether a language is finite; one with a word that is too long to be listed counts as endless. */
    public static boolean isFinite(Automaton automaton) {
        return FiniteWords.areAll(automaton);
    }

    /** Words of a finite language, at most so many. */
    public static List<String> words(Automaton automaton, int limit) {
        return FiniteWords.of(automaton, limit);
    }
}
