package pantheon.night.grammar.text;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.Transition;
import pantheon.night.grammar.automaton.Automatons;
import pantheon.night.grammar.automaton.Ways;

/** Symbols for places in a string, which no string can hold: halves of surrogate pairs. */
final class Marks {
    private static final int BEGIN = 0xD800;
    private static final int END = 0xD801;
    private static final int BORDER = 0xD802;
    private static final int NO_BORDER = 0xD803;
    private static final int LAST = NO_BORDER;

    private Marks() {}

    static Automaton edge(boolean end) {
        return Automata.makeChar(end ? END : BEGIN);
    }

    static Automaton border(boolean negated) {
        return Automata.makeChar(negated ? NO_BORDER : BORDER);
    }

    /** Any character or mark. */
    static Automaton symbol() {
        return Operations.union(List.of(Automatons.anyCharacter(), Automata.makeCharRange(BEGIN, LAST)));
    }

    /**
     * All strings, with marks where they belong.
     *
     * @param borders whether borders of words are marked
     * @param single whether each end has one mark, and not any number
     */
    static Automaton strings(boolean borders, boolean single) {
        var begin = edge(false);
        var end = edge(true);
        var inside = borders ? BorderMarks.strings() : Operations.repeat(Automatons.anyCharacter());
        return Operations.concatenate(
                List.of(single ? begin : Operations.repeat(begin), inside, single ? end : Operations.repeat(end)));
    }

    /** Strings with any number of marks between characters, each one true. */
    private static final class BorderMarks {
        private final Automaton.Builder out = new Automaton.Builder();
        // Of each three: nothing said, a border was said, no border was said.
        private final int[] outside = {out.createState(), out.createState(), out.createState()};
        private final int[] inside = {out.createState(), out.createState(), out.createState()};

        static Automaton strings() {
            return new BorderMarks().automaton();
        }

        private Automaton automaton() {
            mark(outside);
            mark(inside);
            List.of(outside[0], outside[2], inside[0], inside[1]).forEach(state -> out.setAccept(state, true));
            var word = PatternNode.Characters.WORD;
            copy(word.automaton(), inside[0], outside[0], outside[1], inside[0], inside[2]);
            copy(word.negated().automaton(), outside[0], outside[0], outside[2], inside[0], inside[1]);
            return out.finish();
        }

        private void mark(int[] here) {
            out.addTransition(here[0], here[1], BORDER);
            out.addTransition(here[1], here[1], BORDER);
            out.addTransition(here[0], here[2], NO_BORDER);
            out.addTransition(here[2], here[2], NO_BORDER);
        }

        private void copy(Automaton characters, int to, int... from) {
            Ways.from(characters, 0, way -> {
                for (int state : from) {
                    out.addTransition(state, to, way.min, way.max);
                }
            });
        }
    }

    /** The same language without its marks: every state gets the ways of all that marks alone lead to. */
    static Automaton erased(Automaton marked) {
        int states = marked.getNumStates();
        if (states == 0) {
            return Automata.makeEmpty();
        }
        var out = new Automaton();
        IntStream.range(0, states).forEach(state -> out.createState());
        for (int state = 0; state < states; state++) {
            int here = state;
            behindMarks(marked, state).stream().forEach(member -> takeOver(marked, member, out, here));
        }
        out.finishState();
        return out;
    }

    private static void takeOver(Automaton marked, int member, Automaton out, int state) {
        if (marked.isAccept(member)) {
            out.setAccept(state, true);
        }
        Ways.from(marked, member, way -> addCharacters(out, state, way));
    }

    /** Adds what a way has on both sides of the surrogates. */
    private static void addCharacters(Automaton out, int state, Transition way) {
        if (way.min < BEGIN) {
            out.addTransition(state, way.dest, way.min, Math.min(way.max, BEGIN - 1));
        }
        if (way.max > Character.MAX_SURROGATE) {
            out.addTransition(state, way.dest, Math.max(way.min, Character.MAX_SURROGATE + 1), way.max);
        }
    }

    /** The states to which marks alone lead from one, which is among them. */
    private static BitSet behindMarks(Automaton marked, int start) {
        var found = new BitSet();
        var queue = new ArrayDeque<Integer>();
        queue.add(start);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            if (state >= 0 && !found.get(state)) {
                found.set(state);
                for (int mark = BEGIN; mark <= LAST; mark++) {
                    queue.add(marked.step(state, mark));
                }
            }
        }
        return found;
    }
}
