package pantheon.night.grammar.schema;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import pantheon.night.grammar.text.ByteTable;

/**
 * How many more characters a string can have, from each place in its language.
 *
 * <p>Lengths are Unicode code points, as JSON Schema counts them. A place is a state of the language and a phase
 * inside an escape, since one state may stand for places inside an escape and outside of one.
 */
public final class Lengths {
    /** Every place can reach every length: there is no pattern, or no bound. */
    static final Lengths ALL = new Lengths(Map.of());

    private static final int PHASES = 6;
    private static final int LONGEST = 2_048;
    private static final long MOST_BITS = 1L << 24;

    private final Map<Integer, BitSet> reachable;

    private Lengths(Map<Integer, BitSet> reachable) {
        this.reachable = reachable;
    }

    /** Whether nothing but a count and its bounds decides. */
    public boolean isEverything() {
        return reachable.isEmpty();
    }

    /** The phase after a byte: 0 outside of escapes, 1 after the backslash, 2 to 5 before each of four digits. */
    public static int phase(int phase, int nextByte) {
        return switch (phase) {
            case 0 -> nextByte == '\\' ? 1 : 0;
            case 1 -> nextByte == 'u' ? 2 : 0;
            case 5 -> 0;
            default -> phase + 1;
        };
    }

    /** Whether a byte is the first of a character. */
    public static boolean begins(int phase, int nextByte) {
        return phase == 0 && (nextByte & 0xC0) != 0x80;
    }

    /**
     * Whether a string that has some characters can still end with a length within the bounds.
     *
     * @param place as of {@link #place}
     */
    public boolean canReach(int place, int count, int min, int max) {
        if (count > max) {
            return false;
        }
        var lengths = reachable.get(place);
        if (lengths == null) {
            return true;
        }
        int least = Math.max(0, min - count);
        if (least >= LONGEST) {
            return true;
        }
        int next = lengths.nextSetBit(least);
        return next >= 0 && (next >= LONGEST || next <= max - (long) count);
    }

    public static int place(int state, int phase) {
        return state * PHASES + phase;
    }

    /** Works lengths out up to a bound; beyond it, any is taken for possible. */
    static Lengths of(ByteTable table, int bound) {
        var places = new ArrayList<Integer>();
        var index = new HashMap<Integer, Integer>();
        List<List<Integer>> free = new ArrayList<>();
        List<List<Integer>> counted = new ArrayList<>();
        var queue = new ArrayDeque<Integer>();
        queue.add(place(table.start(), 0));
        index.put(place(table.start(), 0), 0);
        while (!queue.isEmpty()) {
            int place = queue.remove();
            places.add(place);
            var freely = new ArrayList<Integer>();
            var counting = new ArrayList<Integer>();
            for (int b = 0; b < 256; b++) {
                int state = table.step(place / PHASES, b);
                if (state >= 0) {
                    int next = place(state, phase(place % PHASES, b));
                    var number = index.get(next);
                    if (number == null) {
                        number = index.size();
                        index.put(next, number);
                        queue.add(next);
                    }
                    var edges = begins(place % PHASES, b) ? counting : freely;
                    if (edges.isEmpty() || !edges.getLast().equals(number)) {
                        edges.add(number);
                    }
                }
            }
            free.add(freely);
            counted.add(counting);
        }
        int longest = Math.min(bound, LONGEST);
        if ((long) places.size() * longest > MOST_BITS) {
            return ALL;
        }
        return new Lengths(byLength(table, places, free, counted, longest));
    }

    private static Map<Integer, BitSet> byLength(
            ByteTable table, List<Integer> places, List<List<Integer>> free, List<List<Integer>> counted, int longest) {
        var lengths = new ArrayList<BitSet>();
        var ending = new BitSet();
        for (int i = 0; i < places.size(); i++) {
            lengths.add(new BitSet());
            if (places.get(i) % PHASES == 0 && table.accepts(places.get(i) / PHASES)) {
                ending.set(i);
            }
        }
        for (int length = 0; length <= longest && !ending.isEmpty(); length++) {
            spread(ending, free);
            for (int i = ending.nextSetBit(0); i >= 0; i = ending.nextSetBit(i + 1)) {
                lengths.get(i).set(length);
            }
            var before = new BitSet();
            for (int i = 0; i < places.size(); i++) {
                if (counted.get(i).stream().anyMatch(ending::get)) {
                    before.set(i);
                }
            }
            ending = before;
        }
        if (longest == LONGEST && !ending.isEmpty()) {
            spread(ending, free);
            for (int i = ending.nextSetBit(0); i >= 0; i = ending.nextSetBit(i + 1)) {
                lengths.get(i).set(LONGEST);
            }
        }
        var found = new HashMap<Integer, BitSet>();
        for (int i = 0; i < places.size(); i++) {
            found.put(places.get(i), lengths.get(i));
        }
        return Map.copyOf(found);
    }

    /** Adds the places from which bytes that do not count lead to those that are there. */
    private static void spread(BitSet places, List<List<Integer>> free) {
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int i = 0; i < free.size(); i++) {
                if (!places.get(i) && free.get(i).stream().anyMatch(places::get)) {
                    places.set(i);
                    grown = true;
                }
            }
        }
    }
}
