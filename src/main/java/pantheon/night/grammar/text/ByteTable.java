package pantheon.night.grammar.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
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
    private final int between;
    private final int[] shortest;
    private final boolean[] closed;

    /**
     * Takes a table.
     *
     * @param rows for each state the next one by byte, or {@link #DEAD}
     * @param between how many states, the first ones, stand between characters
     */
    ByteTable(List<int[]> rows, boolean[] accepting, int between) {
        this.accepting = accepting;
        this.between = between;
        var representative = classify(rows);
        classCount = representative.size();
        table = new int[rows.size() * classCount];
        closed = new boolean[rows.size()];
        for (int state = 0; state < rows.size(); state++) {
            boolean dead = true;
            for (int c = 0; c < classCount; c++) {
                int next = rows.get(state)[representative.get(c)];
                table[state * classCount + c] = next;
                dead &= next == DEAD;
            }
            closed[state] = dead;
        }
        shortest = measured(rows.size());
    }

    /** The table of an automaton with labels from 0 to 255. */
    public static ByteTable of(Automaton bytes) {
        var automaton = bytes.isDeterministic() ? Automatons.live(bytes) : Automatons.deterministic(bytes);
        int states = Math.max(1, automaton.getNumStates());
        var rows = new ArrayList<int[]>();
        var accepting = new boolean[states];
        var transition = new Transition();
        for (int state = 0; state < states; state++) {
            var row = new int[256];
            Arrays.fill(row, DEAD);
            rows.add(row);
            if (state < automaton.getNumStates()) {
                accepting[state] = automaton.isAccept(state);
                int count = automaton.initTransition(state, transition);
                for (int i = 0; i < count; i++) {
                    automaton.getNextTransition(transition);
                    Arrays.fill(row, transition.min, transition.max + 1, transition.dest);
                }
            }
        }
        return new ByteTable(rows, accepting, states);
    }

    /** Gives bytes that no state tells apart one class; returns a byte of each. */
    private List<Integer> classify(List<int[]> rows) {
        var hashes = new long[256];
        for (var row : rows) {
            for (int b = 0; b < 256; b++) {
                hashes[b] = hashes[b] * 0x9E3779B97F4A7C15L + row[b];
            }
        }
        var representatives = new ArrayList<Integer>();
        for (int b = 0; b < 256; b++) {
            int found = -1;
            for (int c = 0; c < representatives.size() && found < 0; c++) {
                if (hashes[representatives.get(c)] == hashes[b] && areAlike(rows, representatives.get(c), b)) {
                    found = c;
                }
            }
            if (found < 0) {
                found = representatives.size();
                representatives.add(b);
            }
            classes[b] = (byte) found;
        }
        return representatives;
    }

    private static boolean areAlike(List<int[]> rows, int one, int other) {
        for (var row : rows) {
            if (row[one] != row[other]) {
                return false;
            }
        }
        return true;
    }

    /** Backwards from the ends, breadth first; the ways into each state lie behind one another in one array. */
    private int[] measured(int states) {
        var start = new int[states + 1];
        for (int next : table) {
            if (next != DEAD) {
                start[next + 1]++;
            }
        }
        for (int state = 0; state < states; state++) {
            start[state + 1] += start[state];
        }
        var before = new int[start[states]];
        var filled = start.clone();
        for (int i = 0; i < table.length; i++) {
            if (table[i] != DEAD) {
                before[filled[table[i]]++] = i / classCount;
            }
        }
        var lengths = new int[states];
        Arrays.fill(lengths, NEVER);
        var queue = new int[states];
        int end = 0;
        for (int state = 0; state < states; state++) {
            if (accepting[state]) {
                lengths[state] = 0;
                queue[end++] = state;
            }
        }
        for (int at = 0; at < end; at++) {
            int state = queue[at];
            for (int i = start[state]; i < start[state + 1]; i++) {
                if (lengths[before[i]] == NEVER) {
                    lengths[before[i]] = lengths[state] + 1;
                    queue[end++] = before[i];
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

    /** The states that follow, each once or more often. */
    public int[] next(int state) {
        return Arrays.stream(table, state * classCount, (state + 1) * classCount)
                .filter(next -> next != DEAD)
                .distinct()
                .toArray();
    }

    public boolean accepts(int state) {
        return accepting[state];
    }

    /** Whether a state stands between characters, not inside of one or of an escape. */
    public boolean isBetween(int state) {
        return state < between;
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
