package pantheon.night.grammar.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.Transition;

/** A deterministic automaton over bytes, as a table. From every state but that of an empty language an end is reached. */
public final class ByteTable {
    /** No way from here. */
    public static final int DEAD = -1;
    /** The length of what does not exist. */
    public static final int NEVER = Integer.MAX_VALUE;

    private static final int START = 0;

    private final byte[] classes = new byte[256];
    private final int classCount;
    private final int[] table;
    private final boolean[] accepting;
    private final int[] shortest;
    private final boolean[] closed;

    private ByteTable(Automaton automaton) {
        int states = Math.max(1, automaton.getNumStates());
        classCount = classify(automaton);
        table = new int[states * classCount];
        Arrays.fill(table, DEAD);
        accepting = new boolean[states];
        closed = new boolean[states];
        var transition = new Transition();
        for (int state = 0; state < automaton.getNumStates(); state++) {
            accepting[state] = automaton.isAccept(state);
            int count = automaton.initTransition(state, transition);
            closed[state] = count == 0;
            for (int i = 0; i < count; i++) {
                automaton.getNextTransition(transition);
                for (int b = transition.min; b <= transition.max; b++) {
                    table[state * classCount + (classes[b] & 0xFF)] = transition.dest;
                }
            }
        }
        shortest = measured(states);
    }

    /** The table of an automaton with labels from 0 to 255. */
    public static ByteTable of(Automaton bytes) {
        return new ByteTable(
                bytes.isDeterministic() ? Operations.removeDeadStates(bytes) : Automatons.deterministic(bytes));
    }

    /** Bytes that no state tells apart share a class. */
    private int classify(Automaton automaton) {
        var starts = new boolean[257];
        starts[0] = true;
        for (int point : automaton.getStartPoints()) {
            if (point < 256) {
                starts[point] = true;
            }
        }
        // Start points cut the bytes into intervals; those whose columns are equal fall together.
        var columns = new HashMap<java.util.List<Integer>, Integer>();
        int current = 0;
        for (int b = 0; b < 256; b++) {
            if (starts[b]) {
                var column = new ArrayList<Integer>(automaton.getNumStates());
                for (int state = 0; state < automaton.getNumStates(); state++) {
                    column.add(automaton.step(state, b));
                }
                Integer known = columns.putIfAbsent(column, columns.size());
                current = known == null ? columns.size() - 1 : known;
            }
            classes[b] = (byte) current;
        }
        return columns.size();
    }

    private int[] measured(int states) {
        var before = new ArrayList<ArrayList<Integer>>();
        for (int state = 0; state < states; state++) {
            before.add(new ArrayList<>(2));
        }
        for (int state = 0; state < states; state++) {
            for (int c = 0; c < classCount; c++) {
                int next = table[state * classCount + c];
                if (next != DEAD) {
                    before.get(next).add(state);
                }
            }
        }
        var lengths = new int[states];
        Arrays.fill(lengths, NEVER);
        var queue = new ArrayDeque<Integer>();
        for (int state = 0; state < states; state++) {
            if (accepting[state]) {
                lengths[state] = 0;
                queue.add(state);
            }
        }
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int previous : before.get(state)) {
                if (lengths[previous] == NEVER) {
                    lengths[previous] = lengths[state] + 1;
                    queue.add(previous);
                }
            }
        }
        return lengths;
    }

    public int start() {
        return START;
    }

    /** The state after a byte from 0 to 255, or {@link #DEAD}. */
    public int step(int state, int nextByte) {
        return table[state * classCount + (classes[nextByte] & 0xFF)];
    }

    public boolean accepts(int state) {
        return accepting[state];
    }

    /** Whether nothing can follow. */
    public boolean isClosed(int state) {
        return closed[state];
    }

    /** The bytes of the shortest way to an end, 0 at an end. */
    public int shortest(int state) {
        return shortest[state];
    }

    public boolean isEmpty() {
        return shortest[START] == NEVER;
    }

    /** The number of states. */
    public int size() {
        return accepting.length;
    }
}
