package pantheon.night.grammar.schema;

import java.util.Arrays;
import java.util.BitSet;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.language.text.ByteTable;

/**
 * How many more characters a string can have, from each state of its language.
 *
 * <p>Lengths are Unicode code points, as JSON Schema counts them. They are counted until nothing changes any more from
 * one length to the next.
 */
public final class Lengths {
    /** Every state can reach every length: there is no pattern, or no bound. */
    static final Lengths ALL = new Lengths(new BitSet[0], new BitSet(), 0);

    private static final int NONE = Integer.MAX_VALUE;
    private static final int LONGEST = 2_048;
    private static final long MOST_BITS = 1L << 24;

    /** By state, below {@link #steady}. */
    private final BitSet[] reachable;
    /** The states that reach every length from {@link #steady} on. */
    private final BitSet endless;

    private final int steady;
    /** From every state so many characters, or fewer, lead to an end. */
    private final int nearest;
    /** From no length that is counted is it farther to the next that a state reaches. */
    private final int gap;

    private Lengths(BitSet[] reachable, BitSet endless, int steady) {
        this.reachable = reachable;
        this.endless = endless;
        this.steady = steady;
        int farthest = 0;
        int widest = 0;
        for (int state = 0; state < reachable.length; state++) {
            farthest = Math.max(farthest, Math.min(LONGEST, next(state, 0)));
            widest = Math.max(widest, gap(state));
        }
        nearest = farthest;
        gap = widest;
    }

    /** Whether nothing but a count and its bounds decides. */
    public boolean isEverything() {
        return reachable.length == 0;
    }

    /** From every state so many characters more, or fewer, lead to an end. */
    int nearest() {
        return nearest;
    }

    /** Beyond a lower bound, every state can reach a length that is at most so far away. */
    int gap() {
        return gap;
    }

    /** Whether every state reaches all lengths from some on. */
    boolean areEndless() {
        return endless.cardinality() == reachable.length;
    }

    /** Whether a string that has some characters can still end with a length within the bounds. */
    boolean canReach(int state, int count, int min, int max) {
        if (count > max || reachable.length == 0) {
            return count <= max;
        }
        int next = next(state, Math.max(0, min - count));
        return next != NONE && next <= max - (long) count;
    }

    /** The least length from one on that a state reaches, or {@link #NONE}. */
    private int next(int state, int least) {
        int next = reachable[state].nextSetBit(least);
        return next >= 0 ? next : endless.get(state) ? Math.max(least, steady) : NONE;
    }

    /** The same for another writing of the language. */
    Lengths of(ByteTable table, int min, int max) {
        return isEverything() ? ALL : of(table, max < Branch.UNBOUNDED ? max : min + table.between());
    }

    /** Works lengths out up to a bound; beyond 2,048, any is taken for possible where they still change. */
    static Lengths of(ByteTable table, int bound) {
        int longest = Math.min(bound, LONGEST);
        int states = table.between();
        if ((long) states * longest > MOST_BITS) {
            return ALL;
        }
        var before = before(table);
        var lengths = new BitSet[states];
        Arrays.setAll(lengths, state -> new BitSet());
        var ending = ends(table);
        for (int length = 0; length <= longest; length++) {
            int reached = length;
            ending.stream().forEach(state -> lengths[state].set(reached));
            var longer = longer(ending, before);
            if (longer.equals(ending)) {
                return new Lengths(lengths, ending, length + 1);
            }
            ending = longer;
        }
        var unknown = new BitSet();
        unknown.set(0, longest == LONGEST ? states : 0);
        return new Lengths(lengths, unknown, longest + 1);
    }

    private static BitSet ends(ByteTable table) {
        var ends = new BitSet();
        for (int state = 0; state < table.between(); state++) {
            ends.set(state, table.accepts(state));
        }
        return ends;
    }

    /** The states that one character leads from to some. */
    private static BitSet longer(BitSet ending, int[][] before) {
        var longer = new BitSet();
        for (int state = ending.nextSetBit(0); state >= 0; state = ending.nextSetBit(state + 1)) {
            for (int earlier : before[state]) {
                longer.set(earlier);
            }
        }
        return longer;
    }

    /** For each state those with a way into it. */
    private static int[][] before(ByteTable table) {
        var before = new int[table.between()][];
        var counts = new int[before.length];
        Arrays.setAll(before, state -> new int[4]);
        for (int state = 0; state < before.length; state++) {
            for (int next : table.behind(state)) {
                int[] list = before[next];
                before[next] = counts[next] < list.length ? list : Arrays.copyOf(list, 2 * list.length);
                before[next][counts[next]++] = state;
            }
        }
        Arrays.setAll(before, state -> Arrays.copyOf(before[state], counts[state]));
        return before;
    }

    /** The farthest that a length is from the next that a state reaches. */
    private int gap(int state) {
        var reached = reachable[state];
        int widest = 0;
        int from = 0;
        while (from < steady) {
            int next = next(state, from);
            if (next == NONE) {
                return LONGEST;
            }
            widest = Math.max(widest, next - from);
            from = next < steady ? reached.nextClearBit(next) : steady;
        }
        return endless.get(state) ? widest : LONGEST;
    }
}
