package pantheon.night.language.text;

import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.jspecify.annotations.Nullable;
import pantheon.night.language.automaton.Ways;
import pantheon.night.language.free.FewStates;
import pantheon.night.language.free.FreeRuns;

/** A table that is made as a whole, with one column for all bytes that lead to the same states everywhere. */
final class PackedTable extends ByteTable {
    /** The column of each byte. */
    private final byte[] classes;

    private final int classCount;
    private final int[] table;
    private final boolean[] accepting;
    private final int between;
    private final int[] shortest;
    private final int longest;
    private final boolean[] closed;
    private final int[] @Nullable [] behind;
    private volatile @Nullable FreeRuns freeRuns;

    /** @param automaton deterministic, without dead states, with labels from 0 to 255 */
    PackedTable(Automaton automaton) {
        between = Math.max(1, automaton.getNumStates());
        behind = new int[between][];
        accepting = new boolean[between];
        var points = automaton.getStartPoints();
        classes = ByteClasses.between(points);
        classCount = (classes[classes.length - 1] & 0xFF) + 1;
        table = new int[between * classCount];
        Arrays.fill(table, DEAD);
        for (int state = 0; state < automaton.getNumStates(); state++) {
            fill(state, automaton);
        }
        shortest = ShortestWays.of(table, classCount, accepting);
        longest = Arrays.stream(shortest).max().orElse(NEVER);
        closed = closed(table, classCount, accepting.length);
    }

    /**
     * Takes a table.
     *
     * @param rows for each state the next one by byte, or {@link #DEAD}
     * @param between how many states, the first ones, stand between characters
     */
    PackedTable(List<int[]> rows, boolean[] accepting, int between) {
        this.accepting = accepting;
        this.between = between;
        behind = new int[accepting.length][];
        var found = ByteClasses.of(rows);
        classes = found.byByte();
        classCount = found.count();
        table = new int[rows.size() * classCount];
        for (int state = 0; state < rows.size(); state++) {
            found.pick(rows.get(state), table, state * classCount);
        }
        shortest = ShortestWays.of(table, classCount, accepting);
        longest = Arrays.stream(shortest).max().orElse(NEVER);
        closed = closed(table, classCount, accepting.length);
    }

    private void fill(int state, Automaton automaton) {
        int row = state * classCount;
        accepting[state] = automaton.isAccept(state);
        Ways.from(automaton, state, way -> {
            int from = classes[way.min] & 0xFF;
            int to = classes[way.max] & 0xFF;
            Arrays.fill(table, row + from, row + to + 1, way.dest);
        });
    }

    @Override
    public int step(int state, int nextByte) {
        return table[state * classCount + (classes[nextByte] & 0xFF)];
    }

    /** The column of a byte. */
    int classOf(int b) {
        return classes[b] & 0xFF;
    }

    @Override
    public boolean accepts(int state) {
        return accepting[state];
    }

    @Override
    public int between() {
        return between;
    }

    @Override
    public synchronized int[] behind(int state) {
        var known = behind[state];
        if (known == null) {
            var found = new FewStates();
            for (int next : Arrays.copyOfRange(table, state * classCount, (state + 1) * classCount)) {
                if (next != DEAD) {
                    found.addAll(isBetween(next) ? new int[] {next} : behind(next));
                }
            }
            known = found.toArray();
            behind[state] = known;
        }
        return known;
    }

    @Override
    public boolean isClosed(int state) {
        return closed[state];
    }

    private static boolean[] closed(int[] table, int classCount, int states) {
        var closed = new boolean[states];
        Arrays.fill(closed, true);
        for (int at = 0; at < table.length; at++) {
            closed[at / classCount] &= table[at] == DEAD;
        }
        return closed;
    }

    @Override
    public int shortest(int state) {
        return shortest[state];
    }

    @Override
    public int longestShortest() {
        return longest;
    }

    @Override
    public FreeRuns freeRuns() {
        var known = freeRuns;
        if (known == null) {
            known = new FreeRuns(new TableGroupWays(this));
            freeRuns = known;
        }
        return known;
    }

    @Override
    public int size() {
        return accepting.length;
    }
}
