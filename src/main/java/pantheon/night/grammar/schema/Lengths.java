package pantheon.night.grammar.schema;

import java.util.Arrays;
import java.util.BitSet;
import pantheon.night.grammar.schema.branch.Branch;
import pantheon.night.language.text.ByteTable;

/**
 * How many more characters a string can have, from each state of its language.
 *
 * <p>Lengths are Unicode code points, as JSON Schema counts them. A character counts once its first byte is there.
 */
public final class Lengths {
    /** Every state can reach every length: there is no pattern, or no bound. */
    static final Lengths ALL = new Lengths(new BitSet[0], 0);

    private static final int LONGEST = 2_048;
    private static final long MOST_BITS = 1L << 24;

    private final BitSet[] reachable;
    private final int gap;

    private Lengths(BitSet[] reachable, int gap) {
        this.reachable = reachable;
        this.gap = gap;
    }

    /** Whether nothing but a count and its bounds decides. */
    public boolean isEverything() {
        return reachable.length == 0;
    }

    /** Beyond a lower bound, every state can reach a length that is at most so far away. */
    int gap() {
        return gap;
    }

    /** Whether a string that has some characters can still end with a length within the bounds. */
    boolean canReach(int state, int count, int min, int max) {
        if (count > max) {
            return false;
        }
        int least = Math.max(0, min - count);
        if (reachable.length == 0 || least >= LONGEST) {
            return true;
        }
        int next = reachable[state].nextSetBit(least);
        return next >= 0 && (next >= LONGEST || next <= max - (long) count);
    }

    /** The same for another writing of the language. */
    Lengths of(ByteTable table, int min, int max) {
        return isEverything() ? ALL : of(table, max < Branch.UNBOUNDED ? max : min + table.size());
    }

    /** Works lengths out up to a bound; beyond 2,048, any is taken for possible. */
    static Lengths of(ByteTable table, int bound) {
        int longest = Math.min(bound, LONGEST);
        if ((long) table.size() * longest > MOST_BITS) {
            return ALL;
        }
        var lengths = new BitSet[table.size()];
        Arrays.setAll(lengths, state -> new BitSet(longest + 1));
        var behind = behind(table);
        count(table, behind, lengths, longest);
        takeFromBehind(table, behind, lengths);
        return new Lengths(lengths, gap(lengths, longest));
    }

    /** Counts backwards from the ends, one character at a time, for the states between characters. */
    private static void count(ByteTable table, BitSet[] behind, BitSet[] lengths, int longest) {
        var ending = new BitSet();
        for (int state = 0; state < lengths.length; state++) {
            ending.set(state, table.accepts(state));
        }
        for (int length = 0; length <= longest && !ending.isEmpty(); length++) {
            var longer = new BitSet();
            for (int state = 0; table.isBetween(state) && state < lengths.length; state++) {
                lengths[state].set(length, ending.get(state));
                longer.set(state, behind[state].intersects(ending));
            }
            ending = longer;
        }
    }

    /** Inside of a character, the lengths are those of the states behind it. */
    private static void takeFromBehind(ByteTable table, BitSet[] behind, BitSet[] lengths) {
        for (int state = 0; state < lengths.length; state++) {
            if (!table.isBetween(state)) {
                var own = lengths[state];
                behind[state].stream().forEach(next -> own.or(lengths[next]));
            }
        }
    }

    private static BitSet[] behind(ByteTable table) {
        var behind = new BitSet[table.size()];
        for (int state = 0; state < behind.length; state++) {
            behind(table, state, behind);
        }
        return behind;
    }

    /** The states between characters that come next: after the character that is under way, or after one more. */
    private static BitSet behind(ByteTable table, int state, BitSet[] known) {
        if (known[state] == null) {
            var found = new BitSet();
            for (int next : table.next(state)) {
                if (table.isBetween(next)) {
                    found.set(next);
                } else {
                    found.or(behind(table, next, known));
                }
            }
            known[state] = found;
        }
        return known[state];
    }

    private static int gap(BitSet[] lengths, int longest) {
        int gap = 0;
        for (var reached : lengths) {
            gap = Math.max(gap, gap(reached, longest));
        }
        return gap;
    }

    /** The farthest that one of the lengths up to the longest is from the next that is reached. */
    private static int gap(BitSet reached, int longest) {
        int gap = 0;
        int from = 0;
        while (from <= longest) {
            int next = reached.nextSetBit(from);
            if (next < 0) {
                return Math.max(gap, from == 0 ? LONGEST : longest + 1 - from);
            }
            gap = Math.max(gap, next - from);
            from = reached.nextClearBit(next);
        }
        return gap;
    }
}
