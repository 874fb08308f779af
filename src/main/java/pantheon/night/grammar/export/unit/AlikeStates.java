package pantheon.night.grammar.export.unit;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
        bytes = unlike(table);
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

    /** Of the bytes that lead to the same states from everywhere the first. */
    private static int[] unlike(ByteTable table) {
        var columns = new LinkedHashMap<IntBuffer, Integer>();
        for (int b = 0; b < 256; b++) {
            columns.putIfAbsent(column(table, b), b);
        }
        return columns.values().stream().mapToInt(b -> b).toArray();
    }

    private static IntBuffer column(ByteTable table, int b) {
        var column = new int[table.size()];
        for (int state = 0; state < column.length; state++) {
            column[state] = table.step(state, b);
        }
        return IntBuffer.wrap(column);
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
        var numbers = new HashMap<IntBuffer, Integer>();
        var finer = new int[classes.length];
        for (int state = 0; state < finer.length; state++) {
            finer[state] = numbers.computeIfAbsent(signature(state), missing -> numbers.size());
        }
        classes = finer;
        count = numbers.size();
    }

    private IntBuffer signature(int state) {
        var signature = new int[bytes.length + 2];
        signature[0] = classes[state];
        signature[1] = table.accepts(state) ? 1 : 0;
        for (int i = 0; i < bytes.length; i++) {
            int next = table.step(state, bytes[i]);
            signature[i + 2] = next < 0 ? -1 : classes[next];
        }
        return IntBuffer.wrap(signature);
    }
}
