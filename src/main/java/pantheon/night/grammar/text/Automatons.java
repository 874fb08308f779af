package pantheon.night.grammar.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int MOST_WORK = 100_000;

    private static final int NOWHERE = -1;
    private static final Automaton ANY_STRING = anyString();

    private Automatons() {}

    /** A character that is none of some, in ranges from first to last. */
    static Automaton anyCharacter() {
        return Automata.makeCharClass(
                new int[] {0, Character.MAX_SURROGATE + 1},
                new int[] {Character.MIN_SURROGATE - 1, Character.MAX_CODE_POINT});
    }

    public static Automaton anyString() {
        return live(Operations.determinize(Operations.repeat(anyCharacter()), MOST_WORK));
    }

    /** @throws UnsupportedPattern where it would be too large */
    static Automaton deterministic(Automaton automaton) {
        if (automaton.getNumStates() > 4 * MOST_STATES) {
            throw tooComplex();
        }
        try {
            var result = live(Operations.determinize(automaton, MOST_WORK));
            if (result.getNumStates() > MOST_STATES) {
                throw tooComplex();
            }
            return result;
        } catch (TooComplexToDeterminizeException e) {
            throw tooComplex();
        }
    }

    /** The same without the states from which no end is reached; as Lucene's own, which sorts all transitions. */
    static Automaton live(Automaton automaton) {
        int states = automaton.getNumStates();
        var before = new int[states][];
        var degree = new int[states];
        var transition = new Transition();
        for (int pass = 0; pass < 2; pass++) {
            for (int state = 0; state < states; state++) {
                int count = automaton.initTransition(state, transition);
                for (int i = 0; i < count; i++) {
                    automaton.getNextTransition(transition);
                    if (pass == 1) {
                        before[transition.dest][--degree[transition.dest]] = state;
                    } else {
                        degree[transition.dest]++;
                    }
                }
            }
            for (int state = 0; pass == 0 && state < states; state++) {
                before[state] = new int[degree[state]];
            }
        }
        var live = new BitSet(states);
        var queue = new ArrayDeque<Integer>();
        for (int state = 0; state < states; state++) {
            if (automaton.isAccept(state)) {
                live.set(state);
                queue.add(state);
            }
        }
        while (!queue.isEmpty()) {
            for (int previous : before[queue.remove()]) {
                if (!live.get(previous)) {
                    live.set(previous);
                    queue.add(previous);
                }
            }
        }
        return live.cardinality() == states ? automaton : restricted(automaton, live);
    }

    private static Automaton restricted(Automaton automaton, BitSet kept) {
        var result = new Automaton();
        if (!kept.get(0)) {
            return result;
        }
        var numbers = new int[automaton.getNumStates()];
        for (int state = kept.nextSetBit(0); state >= 0; state = kept.nextSetBit(state + 1)) {
            numbers[state] = result.createState();
            result.setAccept(numbers[state], automaton.isAccept(state));
        }
        var transition = new Transition();
        for (int state = kept.nextSetBit(0); state >= 0; state = kept.nextSetBit(state + 1)) {
            int count = automaton.initTransition(state, transition);
            for (int i = 0; i < count; i++) {
                automaton.getNextTransition(transition);
                if (kept.get(transition.dest)) {
                    result.addTransition(numbers[state], numbers[transition.dest], transition.min, transition.max);
                }
            }
        }
        result.finishState();
        return result;
    }

    private static UnsupportedPattern tooComplex() {
        return new UnsupportedPattern("an automaton of it is too complex, beyond %d states".formatted(MOST_STATES));
    }

    /** The strings that two languages share. */
    public static Automaton intersection(Automaton one, Automaton other) {
        return product(one, other, true);
    }

    /** The strings of one language that are not in another. */
    public static Automaton minus(Automaton one, Automaton other) {
        return product(one, other, false);
    }

    /** All other strings. */
    public static Automaton complement(Automaton automaton) {
        return minus(ANY_STRING, automaton);
    }

    /** Walks two deterministic automata side by side; of the second, what is in it is kept or left out. */
    private static Automaton product(Automaton one, Automaton other, boolean inBoth) {
        var out = new Automaton();
        var numbers = new HashMap<Long, Integer>();
        var pairs = new ArrayList<int[]>();
        if (one.getNumStates() == 0) {
            return out;
        }
        number(0, other.getNumStates() == 0 ? NOWHERE : 0, out, numbers, pairs);
        var left = new Transition();
        for (int state = 0; state < pairs.size(); state++) {
            int first = pairs.get(state)[0];
            int second = pairs.get(state)[1];
            boolean inSecond = second != NOWHERE && other.isAccept(second);
            out.setAccept(state, one.isAccept(first) && inSecond == inBoth);
            int count = one.initTransition(first, left);
            for (int i = 0; i < count; i++) {
                one.getNextTransition(left);
                int from = left.min;
                for (var part : parts(other, second, left.min, left.max)) {
                    if (!inBoth && from < part.min) {
                        out.addTransition(state, number(left.dest, NOWHERE, out, numbers, pairs), from, part.min - 1);
                    }
                    out.addTransition(state, number(left.dest, part.dest, out, numbers, pairs), part.min, part.max);
                    from = part.max + 1;
                }
                if (!inBoth && from <= left.max) {
                    out.addTransition(state, number(left.dest, NOWHERE, out, numbers, pairs), from, left.max);
                }
            }
        }
        out.finishState();
        return live(out);
    }

    /** The parts of a range on which a state has ways, in order. */
    private static List<Transition> parts(Automaton automaton, int state, int min, int max) {
        var found = new ArrayList<Transition>();
        if (state == NOWHERE) {
            return found;
        }
        var transition = new Transition();
        int count = automaton.initTransition(state, transition);
        for (int i = 0; i < count; i++) {
            automaton.getNextTransition(transition);
            if (transition.max >= min && transition.min <= max) {
                var part = new Transition();
                part.min = Math.max(min, transition.min);
                part.max = Math.min(max, transition.max);
                part.dest = transition.dest;
                found.add(part);
            }
        }
        return found;
    }

    private static int number(int one, int other, Automaton out, Map<Long, Integer> numbers, List<int[]> pairs) {
        return numbers.computeIfAbsent((long) one << 32 | (other & 0xFFFFFFFFL), missing -> {
            if (pairs.size() > MOST_STATES) {
                throw tooComplex();
            }
            pairs.add(new int[] {one, other});
            return out.createState();
        });
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
