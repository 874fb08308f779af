package pantheon.night.language.text;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import pantheon.night.language.free.CharacterGroups;
import pantheon.night.language.free.FewStates;
import pantheon.night.language.free.KnownGroupWays;

/** Where the states of a table that stand between characters lead by whole groups of them. */
final class TableGroupWays extends KnownGroupWays {
    private final PackedTable table;
    /** For each group one first byte of each class of bytes that the table tells apart. */
    private final int[][] first = new int[CharacterGroups.COUNT][];
    /** Where the inside of a character leads, by state, kind of byte before, and bytes left. */
    private final Map<Long, int[]> insides = new HashMap<>();

    TableGroupWays(PackedTable table) {
        super(table.between());
        this.table = table;
        for (int group = 0; group < first.length; group++) {
            first[group] = representatives(CharacterGroups.firstBytes(group));
        }
    }

    /** One first byte of each class; those with bounds of their own on the second stand for themselves. */
    private int[] representatives(int[] bytes) {
        var seen = new HashMap<Integer, Integer>();
        for (int b : bytes) {
            int bounds = CharacterGroups.length(b) << 16
                    | CharacterGroups.lowestSecond(b) << 8
                    | CharacterGroups.highestSecond(b);
            seen.putIfAbsent(table.classOf(b) << 20 | bounds, b);
        }
        return seen.values().stream().mapToInt(b -> b).toArray();
    }

    @Override
    protected int[][] behind(int state) {
        return Stream.of(first).map(bytes -> behind(state, bytes)).toArray(int[][]::new);
    }

    /** The states behind a character with one of some first bytes, or {@link #REFUSED}, which is empty. */
    private int[] behind(int state, int[] bytes) {
        var found = new FewStates();
        for (int b : bytes) {
            int inside = table.step(state, b);
            var ends = inside == ByteTable.DEAD ? REFUSED : inside(inside, b);
            if (ends.length == 0) {
                return REFUSED;
            }
            found.addAll(ends);
        }
        return found.toArray();
    }

    private int[] inside(int state, int first) {
        int left = CharacterGroups.length(first) - 1;
        return inside(state, left, CharacterGroups.lowestSecond(first), CharacterGroups.highestSecond(first));
    }

    /** Where all of some bytes lead, and then any continuation, so many bytes in all. */
    private int[] inside(int state, int left, int low, int high) {
        if (left == 0) {
            return new int[] {state};
        }
        long key = ((long) state << 2 | left) << 16 | low << 8 | high;
        var known = insides.get(key);
        if (known == null) {
            known = through(state, left, low, high);
            insides.put(key, known);
        }
        return known;
    }

    private int[] through(int state, int left, int low, int high) {
        var found = new FewStates();
        int before = ByteTable.DEAD;
        for (int b = low; b <= high; b++) {
            int next = table.step(state, b);
            if (next == ByteTable.DEAD) {
                return REFUSED;
            }
            if (next != before) {
                var ends = inside(next, left - 1, 0x80, 0xBF);
                if (ends.length == 0) {
                    return REFUSED;
                }
                found.addAll(ends);
                before = next;
            }
        }
        return found.toArray();
    }
}
