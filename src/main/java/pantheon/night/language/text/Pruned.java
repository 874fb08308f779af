package pantheon.night.language.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/** A table of those states that lead to an end, with the ones that stand between characters first. */
final class Pruned {
    private final List<int[]> rows;
    private final IntPredicate accepts;
    private final IntPredicate between;
    private final BitSet alive = new BitSet();

    /** @param rows the first is the start, which stands between characters */
    Pruned(List<int[]> rows, IntPredicate accepts, IntPredicate between) {
        this.rows = rows;
        this.accepts = accepts;
        this.between = between;
        findAlive();
    }

    private void findAlive() {
        boolean more = true;
        while (more) {
            more = false;
            for (int state = rows.size() - 1; state >= 0; state--) {
                if (!alive.get(state) && (accepts.test(state) || leadsOn(rows.get(state)))) {
                    alive.set(state);
                    more = true;
                }
            }
        }
    }

    private boolean leadsOn(int[] row) {
        for (int next : row) {
            if (next != ByteTable.DEAD && alive.get(next)) {
                return true;
            }
        }
        return false;
    }

    ByteTable table() {
        var order = new ArrayList<Integer>();
        order.add(0);
        take(order, true);
        int first = order.size();
        take(order, false);
        var numbers = new int[rows.size()];
        Arrays.fill(numbers, ByteTable.DEAD);
        for (int i = 0; i < order.size(); i++) {
            numbers[order.get(i)] = alive.get(order.get(i)) ? i : ByteTable.DEAD;
        }
        var accepting = new boolean[order.size()];
        var renumbered = new ArrayList<int[]>();
        for (int i = 0; i < accepting.length; i++) {
            accepting[i] = accepts.test(order.get(i));
            renumbered.add(renumbered(rows.get(order.get(i)), numbers));
        }
        return new PackedTable(renumbered, accepting, first);
    }

    private void take(List<Integer> order, boolean standBetween) {
        for (int state = 1; state < rows.size(); state++) {
            if (alive.get(state) && between.test(state) == standBetween) {
                order.add(state);
            }
        }
    }

    private static int[] renumbered(int[] row, int[] numbers) {
        var found = new int[row.length];
        for (int b = 0; b < found.length; b++) {
            found[b] = row[b] == ByteTable.DEAD ? ByteTable.DEAD : numbers[row[b]];
        }
        return found;
    }
}
