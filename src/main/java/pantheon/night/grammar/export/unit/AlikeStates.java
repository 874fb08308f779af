package pantheon.night.grammar.export.unit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import pantheon.night.language.text.ByteTable;

/** Which states of an automaton the same texts lead on from, by splitting classes until none changes (Moore). */
public final class AlikeStates {
    private static final int MOST_STATES = 300;

    private final ByteTable table;
    private final int[] bytes;
    private int[] classes;
    private int count;

    private AlikeStates(ByteTable table) {
        this.table = table;
        bytes = IntStream.range(0, 256).filter(b -> isTaken(table, b)).toArray();
        classes = new int[table.size()];
    }

    /** For each state the first one like it; in a large automaton, each is taken for unlike the others. */
    static int[] of(ByteTable table) {
        return table.size() > MOST_STATES ? none(table) : new AlikeStates(table).found();
    }

    /** Each state for itself. */
    static int[] none(ByteTable table) {
        return IntStream.range(0, table.size()).toArray();
    }

    private static boolean isTaken(ByteTable table, int b) {
        return IntStream.range(0, table.size()).anyMatch(state -> table.step(state, b) >= 0);
    }

    private int[] found() {
        for (int before = 0; count == 0 || before < count; ) {
            before = count;
            split();
        }
        var first = new HashMap<Integer, Integer>();
        return IntStream.range(0, table.size())
                .map(state -> first.computeIfAbsent(classes[state], missing -> state))
                .toArray();
    }

    private void split() {
        var numbers = new HashMap<List<Integer>, Integer>();
        var finer = new int[classes.length];
        for (int state = 0; state < finer.length; state++) {
            finer[state] = numbers.computeIfAbsent(signature(state), missing -> numbers.size());
        }
        classes = finer;
        count = numbers.size();
    }

    private List<Integer> signature(int state) {
        var signature = new Integer[bytes.length + 2];
        signature[0] = classes[state];
        signature[1] = table.accepts(state) ? 1 : 0;
        for (int i = 0; i < bytes.length; i++) {
            int next = table.step(state, bytes[i]);
            signature[i + 2] = next < 0 ? -1 : classes[next];
        }
        return Arrays.asList(signature);
    }
}
