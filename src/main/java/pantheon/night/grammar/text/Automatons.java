package pantheon.night.grammar.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.Transition;

/**
 * Lucene's operations on automata, within bounds.
 *
 * <p>Languages here are sets of strings of Unicode code points, without halves of surrogate pairs; each automaton is
 * deterministic and has no dead states.
 */
public final class Automatons {
    private static final int MOST_STATES = 20_000;
    private static final int MOST_WORK = 300_000;

    private Automatons() {}

    /** A character that is none of some, in ranges from first to last. */
    static Automaton anyCharacter() {
        return Automata.makeCharClass(
                new int[] {0, Character.MAX_SURROGATE + 1},
                new int[] {Character.MIN_SURROGATE - 1, Character.MAX_CODE_POINT});
    }

    public static Automaton anyString() {
        return deterministic(Operations.repeat(anyCharacter()));
    }

    /** @throws UnsupportedPattern where it would be too large */
    static Automaton deterministic(Automaton automaton) {
        if (automaton.getNumStates() > 4 * MOST_STATES) {
            throw tooComplex();
        }
        try {
            var result = Operations.removeDeadStates(Operations.determinize(automaton, MOST_WORK));
            if (result.getNumStates() > MOST_STATES) {
                throw tooComplex();
            }
            return result;
        } catch (TooComplexToDeterminizeException e) {
            throw tooComplex();
        }
    }

    private static UnsupportedPattern tooComplex() {
        return new UnsupportedPattern("an automaton of it is too complex, beyond %d states".formatted(MOST_STATES));
    }

    public static Automaton intersection(Automaton one, Automaton other) {
        if ((long) one.getNumStates() * other.getNumStates() > 40L * MOST_STATES * 10) {
            throw tooComplex();
        }
        return deterministic(Operations.intersection(one, other));
    }

    public static Automaton union(Automaton one, Automaton other) {
        return deterministic(Operations.union(List.of(one, other)));
    }

    public static Automaton minus(Automaton one, Automaton other) {
        return intersection(one, complement(other));
    }

    /** All other strings. */
    public static Automaton complement(Automaton automaton) {
        try {
            return deterministic(Operations.intersection(Operations.complement(automaton, MOST_WORK), anyString()));
        } catch (TooComplexToDeterminizeException e) {
            throw tooComplex();
        }
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
        boolean long1 = sorted.stream().anyMatch(word -> word.length > Automata.MAX_STRING_UNION_TERM_LENGTH);
        if (sorted.isEmpty()) {
            return Automata.makeEmpty();
        }
        return long1
                ? deterministic(Operations.union(
                        sorted.stream().map(Automata::makeBinary).toList()))
                : Automata.makeBinaryStringUnion(sorted);
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

    public static boolean isFinite(Automaton automaton) {
        return automaton.getNumStates() == 0 || isFinite(automaton, 0, new byte[automaton.getNumStates()], 0);
    }

    private static boolean isFinite(Automaton automaton, int state, byte[] marks, int depth) {
        if (depth > 1_000) {
            return false; // finite perhaps, but with more words than anyone would list
        }
        marks[state] = 1;
        var transition = new Transition();
        int count = automaton.initTransition(state, transition);
        for (int i = 0; i < count; i++) {
            automaton.getTransition(state, i, transition);
            int next = transition.dest;
            if (marks[next] == 1 || (marks[next] == 0 && !isFinite(automaton, next, marks, depth + 1))) {
                return false;
            }
        }
        marks[state] = 2;
        return true;
    }

    /** Words of a finite language, at most so many. */
    public static List<String> words(Automaton automaton, int limit) {
        var found = new ArrayList<String>();
        if (automaton.getNumStates() > 0) {
            words(automaton, 0, new StringBuilder(), limit, found);
        }
        return found;
    }

    private static void words(Automaton automaton, int state, StringBuilder begun, int limit, List<String> found) {
        if (found.size() < limit && automaton.isAccept(state)) {
            found.add(begun.toString());
        }
        var transition = new Transition();
        int count = automaton.initTransition(state, transition);
        for (int i = 0; i < count; i++) {
            automaton.getTransition(state, i, transition);
            for (int c = transition.min; c <= transition.max && found.size() < limit; c++) {
                int length = begun.length();
                words(automaton, transition.dest, begun.appendCodePoint(c), limit, found);
                begun.setLength(length);
            }
        }
    }
}
