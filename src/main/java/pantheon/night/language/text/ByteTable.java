package pantheon.night.language.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.LiveStates;
import pantheon.night.language.automaton.Ways;

/** A deterministic automaton over bytes, as a table. From every state but that of an empty language an end is reached. */
public final class ByteTable {
    /** No way from here. */
    public static final int DEAD = -1;
    /** The length of what does not exist. */
    public static final int NEVER = Integer.MAX_VALUE;

    private static final int START = 0;

    private final byte[] classes;
    private final int classCount;
    private final int[] table;
    private final boolean[] accepting;
    private final int between;
    private final int[] shortest;
    private final boolean[] closed;
    private volatile @Nullable FreeRuns freeRuns;
    private volatile int longest = -1;

    /**
     * Takes a table.
     *
     * @param rows for each state the next one by byte, or {@link #DEAD}
     * @param between how many states, the first ones, stand between characters
     */
    ByteTable(List<int[]> rows, boolean[] accepting, int between) {
        this.accepting = accepting;
        this.between = between;
        var found = ByteClasses.of(rows);
        classes = found.byByte();
        classCount = found.count();
        table = new int[rows.size() * classCount];
        closed = new boolean[rows.size()];
        for (int state = 0; state < rows.size(); state++) {
            closed[state] = !found.pick(rows.get(state), table, state * classCount);
        }
        shortest = ShortestWays.of(table, classCount, accepting);
    }

    /** The table of an automaton with labels from 0 to 255. */
    public static ByteTable of(Automaton bytes) {
        var automaton = bytes.isDeterministic() ? LiveStates.only(bytes) : Automatons.deterministic(bytes);
        int states = automaton.getNumStates();
        var accepting = new boolean[Math.max(1, states)];
        var rows = new ArrayList<int[]>();
        for (int state = 0; state < states; state++) {
            accepting[state] = automaton.isAccept(state);
            rows.add(row(automaton, state));
        }
        if (rows.isEmpty()) {
            rows.add(deadRow());
        }
        return new ByteTable(rows, accepting, rows.size());
    }

    private static int[] row(Automaton automaton, int state) {
        var row = deadRow();
        Ways.from(automaton, state, way -> Arrays.fill(row, way.min, way.max + 1, way.dest));
        return row;
    }

    /** A row of a state from which no byte leads anywhere. */
    static int[] deadRow() {
        var row = new int[256];
        Arrays.fill(row, DEAD);
        return row;
    }

    public int start() {
        return START;
    }

    /** The state after a byte from 0 to 255, or {@link #DEAD}. */
    public int step(int state, int nextByte) {
        return table[state * classCount + (classes[nextByte] & 0xFF)];
    }

    /** The class of a byte; bytes of one class lead to the same states everywhere. */
    int classOf(int b) {
        return classes[b] & 0xFF;
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

    /** The texts of this language that are not in another. */
    public ByteTable without(ByteTable other) {
        return Difference.of(this, other);
    }

    /** Whether a state stands between characters, not inside of one or of an escape. */
    public boolean isBetween(int state) {
        return state < between;
    }

    /** How many states, the first ones, stand between characters. */
    int between() {
        return between;
    }

    /** Whether nothing can follow. */
    public boolean isClosed(int state) {
        return closed[state];
    }

    /** The bytes of the shortest way to an end, 0 at an end. */
    public int shortest(int state) {
        return shortest[state];
    }

    /** The bytes of the shortest way to an end from the state that is farthest from one. */
    public int longestShortest() {
        if (longest < 0) {
            longest = Arrays.stream(shortest).max().orElse(NEVER);
        }
        return longest;
    }

    /** What can follow whatever it is. */
    public FreeRuns freeRuns() {
        var known = freeRuns;
        if (known == null) {
            known = new FreeRuns(this);
            freeRuns = known;
        }
        return known;
    }

    public boolean isEmpty() {
        return shortest[START] == NEVER;
    }

    /** The number of states. */
    public int size() {
        return accepting.length;
    }
}
