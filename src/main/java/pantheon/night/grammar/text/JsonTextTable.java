package pantheon.night.grammar.text;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Builds the byte table of a language's JSON writings.
 *
 * <p>The states of the language keep their numbers and stand between characters; behind them come the states inside of
 * one, in UTF-8 or in an escape. A range of code points with one target is cut along the bytes of UTF-8, so that the
 * result is deterministic as it is built.
 */
final class JsonTextTable {
    private static final int LAST_CONTROL = 0x1F;
    private static final int FIRST_MULTIBYTE = 0x80;
    private static final int CONTINUATION = 0x80;
    private static final int DEAD = ByteTable.DEAD;

    private final Automaton language;
    private final boolean choice;
    private final List<int[]> rows = new ArrayList<>();
    /** States inside of a character, by their row; {@link #whole} ones also by target and bytes left. */
    private final Map<IntBuffer, Integer> inside = new HashMap<>();

    private final Map<Long, Integer> wholes = new HashMap<>();

    JsonTextTable(Automaton language, boolean choice) {
        this.language = language;
        this.choice = choice;
    }

    ByteTable build() {
        int states = Math.max(1, language.getNumStates());
        for (int state = 0; state < states; state++) {
            rows.add(empty());
        }
        for (int state = 0; state < language.getNumStates(); state++) {
            fill(rows.get(state), new TransitionRanges(language, state));
        }
        var accepting = new boolean[rows.size()];
        for (int state = 0; state < language.getNumStates(); state++) {
            accepting[state] = language.isAccept(state);
        }
        return new ByteTable(rows, accepting, states);
    }

    private static int[] empty() {
        var row = new int[256];
        Arrays.fill(row, DEAD);
        return row;
    }

    private void fill(int[] row, TransitionRanges ranges) {
        ranges.fill(row, ' ', FIRST_MULTIBYTE);
        row['"'] = DEAD;
        row['\\'] = escape(ranges);
        for (int lead = 0xC2; lead <= 0xDF; lead++) {
            row[lead] = multibyte(ranges, (lead & 0x1F) << 6, 1);
        }
        for (int lead = 0xE0; lead <= 0xEF; lead++) {
            row[lead] = multibyte(ranges, (lead & 0x0F) << 12, 2);
        }
        for (int lead = 0xF0; lead <= 0xF4; lead++) {
            row[lead] = multibyte(ranges, (lead & 0x07) << 18, 3);
        }
    }

    /** The state before so many continuation bytes of the code points from one on. */
    private int multibyte(TransitionRanges ranges, int from, int bytes) {
        int width = 1 << (6 * bytes);
        int all = isWhole(from, bytes) ? ranges.all(from, from + width - 1) : TransitionRanges.MIXED;
        if (all >= DEAD) {
            return whole(all, bytes);
        }
        var row = empty();
        boolean alive = false;
        int part = width >> 6;
        for (int i = 0; i < 64; i++) {
            int start = from + i * part;
            int next = bytes == 1
                    ? isScalar(start) ? ranges.at(start) : DEAD
                    : isOverlong(start, bytes) ? DEAD : multibyte(ranges, start, bytes - 1);
            row[CONTINUATION + i] = next;
            alive |= next != DEAD;
        }
        return alive ? inside(IntBuffer.wrap(row, CONTINUATION, 64)) : DEAD;
    }

    /** The state before so many continuation bytes, whatever they are. */
    private int whole(int target, int bytes) {
        if (target == DEAD || bytes == 0) {
            return target;
        }
        long key = (long) target << 2 | bytes;
        var known = wholes.get(key);
        if (known == null) {
            var row = empty();
            Arrays.fill(row, CONTINUATION, CONTINUATION + 64, whole(target, bytes - 1));
            rows.add(row);
            known = rows.size() - 1;
            wholes.put(key, known);
        }
        return known;
    }

    private static boolean isWhole(int from, int bytes) {
        return from >= (bytes == 2 ? 0x800 : bytes == 3 ? 0x10000 : FIRST_MULTIBYTE)
                && from + (1 << (6 * bytes)) - 1 <= Character.MAX_CODE_POINT;
    }

    private static boolean isScalar(int c) {
        return c <= Character.MAX_CODE_POINT && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }

    /** Whether code points from one on have a shorter form, or none. */
    private static boolean isOverlong(int start, int bytes) {
        return start > Character.MAX_CODE_POINT || (bytes == 2 && start < 0x800) || (bytes == 3 && start < 0x10000);
    }

    private int escape(TransitionRanges ranges) {
        var row = empty();
        boolean alive = false;
        for (int c = 0; c < FIRST_MULTIBYTE; c++) {
            int letter = JsonText.escapeLetter(c);
            if (letter >= 0) {
                row[letter] = ranges.at(c);
                alive |= row[letter] != DEAD;
            }
        }
        if (choice) {
            row['/'] = ranges.at('/');
            alive |= row['/'] != DEAD;
        }
        row['u'] = digits(ranges);
        return alive || row['u'] != DEAD ? inside(IntBuffer.wrap(row)) : DEAD;
    }

    /** The state behind a backslash and a u: control characters without a short escape, and {@code <}. */
    private int digits(TransitionRanges ranges) {
        if (!ranges.hasAny(0, LAST_CONTROL) && !(choice && ranges.hasAny('<', '<'))) {
            return DEAD;
        }
        var third = empty();
        for (int high = 0; high <= 1; high++) {
            var fourth = empty();
            for (int low = 0; low < 16; low++) {
                int c = high << 4 | low;
                if (JsonText.escapeLetter(c) < 0 && c <= LAST_CONTROL) {
                    fourth[Character.forDigit(low, 16)] = ranges.at(c);
                }
            }
            third['0' + high] = insideIfAlive(fourth);
        }
        if (choice) {
            var fourth = empty();
            fourth['c'] = ranges.at('<');
            third['3'] = insideIfAlive(fourth);
        }
        return before('0', before('0', insideIfAlive(third)));
    }

    private int before(int label, int next) {
        var row = empty();
        row[label] = next;
        return insideIfAlive(row);
    }

    private int insideIfAlive(int[] row) {
        return Arrays.stream(row).allMatch(next -> next == DEAD) ? DEAD : inside(IntBuffer.wrap(row));
    }

    /** The state with a row, made once. */
    private int inside(IntBuffer row) {
        return inside.computeIfAbsent(row, missing -> {
            rows.add(row.array());
            return rows.size() - 1;
        });
    }
}
