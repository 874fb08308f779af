package pantheon.night.language.text;

import java.util.Arrays;

/** The lengths of the shortest ways to an end: backwards from the ends, breadth first. */
final class ShortestWays {
    /** The ways into each state lie behind one another in one array; here is where those of a state begin. */
    private final int[] start;

    private final int[] before;
    private final int[] lengths;
    private final int[] queue;
    private int end;

    private ShortestWays(int[] table, int classes, int states) {
        start = new int[states + 1];
        for (int next : table) {
            if (next != ByteTable.DEAD) {
                start[next + 1]++;
            }
        }
        for (int state = 0; state < states; state++) {
            start[state + 1] += start[state];
        }
        before = before(table, classes);
        lengths = new int[states];
        queue = new int[states];
    }

    private int[] before(int[] table, int classes) {
        var found = new int[start[start.length - 1]];
        var filled = start.clone();
        for (int i = 0; i < table.length; i++) {
            if (table[i] != ByteTable.DEAD) {
                found[filled[table[i]]++] = i / classes;
            }
        }
        return found;
    }

    /**
     * For each state the length, {@link ByteTable#NEVER} where there is no way.
     *
     * @param table for each state the next ones by class of bytes
     */
    static int[] of(int[] table, int classes, boolean[] accepting) {
        var ways = new ShortestWays(table, classes, accepting.length);
        ways.measure(accepting);
        return ways.lengths;
    }

    private void measure(boolean[] accepting) {
        Arrays.fill(lengths, ByteTable.NEVER);
        for (int state = 0; state < accepting.length; state++) {
            if (accepting[state]) {
                reach(state, 0);
            }
        }
        for (int at = 0; at < end; at++) {
            int state = queue[at];
            for (int i = start[state]; i < start[state + 1]; i++) {
                reach(before[i], lengths[state] + 1);
            }
        }
    }

    private void reach(int state, int length) {
        if (lengths[state] == ByteTable.NEVER) {
            lengths[state] = length;
            queue[end++] = state;
        }
    }
}
