package pantheon.night.language.automaton;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;
import org.apache.lucene.util.automaton.Automaton;

/** The states of an automaton from which an end is reached; as Lucene's own, which sorts all transitions. */
public final class LiveStates {
    private final Automaton automaton;
    private final int states;
    /** For each state, those with a way into it. */
    private final int[][] before;

    private final BitSet live;
    private final Queue<Integer> queue = new ArrayDeque<>();

    private LiveStates(Automaton automaton) {
        this.automaton = automaton;
        states = automaton.getNumStates();
        before = new int[states][];
        live = new BitSet(states);
    }

    /** An automaton without the states from which no end is reached. */
    public static Automaton only(Automaton automaton) {
        var states = new LiveStates(automaton);
        states.turn();
        states.spread();
        return states.live.cardinality() == states.states ? automaton : states.restricted();
    }

    /** Turns all ways round. */
    private void turn() {
        var left = new int[states];
        for (int state = 0; state < states; state++) {
            Ways.from(automaton, state, way -> left[way.dest]++);
        }
        for (int state = 0; state < states; state++) {
            before[state] = new int[left[state]];
        }
        for (int state = 0; state < states; state++) {
            int from = state;
            Ways.from(automaton, state, way -> before[way.dest][--left[way.dest]] = from);
        }
    }

    /** Goes backwards from the ends. */
    private void spread() {
        for (int state = 0; state < states; state++) {
            if (automaton.isAccept(state)) {
                reach(state);
            }
        }
        while (!queue.isEmpty()) {
            for (int previous : before[queue.remove()]) {
                reach(previous);
            }
        }
    }

    private void reach(int state) {
        if (!live.get(state)) {
            live.set(state);
            queue.add(state);
        }
    }

    private Automaton restricted() {
        var result = new Automaton();
        if (!live.get(0)) {
            return result;
        }
        var numbers = new int[states];
        live.stream().forEach(state -> {
            numbers[state] = result.createState();
            result.setAccept(numbers[state], automaton.isAccept(state));
        });
        live.stream().forEach(state -> copyWays(state, numbers, result));
        result.finishState();
        return result;
    }

    private void copyWays(int state, int[] numbers, Automaton result) {
        Ways.from(automaton, state, way -> {
            if (live.get(way.dest)) {
                result.addTransition(numbers[state], numbers[way.dest], way.min, way.max);
            }
        });
    }
}
