package pantheon.night.language.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of one language that are not in another, as a table. */
final class Difference {
    private static final int DEAD = ByteTable.DEAD;

    private final ByteTable kept;
    private final ByteTable without;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<long[]> pairs = new ArrayList<>();
    private final Deque<Integer> waiting = new ArrayDeque<>();

    private Difference(ByteTable kept, ByteTable without) {
        this.kept = kept;
        this.without = without;
    }

    static ByteTable of(ByteTable kept, ByteTable without) {
        return new Difference(kept, without).table();
    }

    private ByteTable table() {
        number(kept.start(), without.start());
        var rows = new ArrayList<int[]>();
        while (!waiting.isEmpty()) {
            rows.add(row(waiting.remove()));
        }
        return new Pruned(rows, this::accepts, this::isBetween).table();
    }

    private int[] row(int state) {
        var pair = pairs.get(state);
        var row = ByteTable.deadRow();
        for (int b = 0; b < row.length; b++) {
            int next = kept.step((int) pair[0], b);
            if (next != DEAD) {
                row[b] = number(next, pair[1] == DEAD ? DEAD : without.step((int) pair[1], b));
            }
        }
        return row;
    }

    private int number(int one, int other) {
        long key = (long) one << 32 | (other & 0xFFFF_FFFFL);
        var known = numbers.get(key);
        if (known == null) {
            known = pairs.size();
            numbers.put(key, known);
            pairs.add(new long[] {one, other});
            waiting.add(known);
        }
        return known;
    }

    private boolean accepts(int state) {
        var pair = pairs.get(state);
        return kept.accepts((int) pair[0]) && (pair[1] == DEAD || !without.accepts((int) pair[1]));
    }

    private boolean isBetween(int state) {
        return kept.isBetween((int) pairs.get(state)[0]);
    }
}
