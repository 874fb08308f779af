package pantheon.night.language.text;

import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;

/**
 * Makes the rows of a language's JSON writings, those that are asked for.
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
    private final int between;
    /** Those of the states inside of a character. */
    private final List<int[]> rows = new ArrayList<>();
    /** States inside of a character, by their row; {@link #whole} ones also by target and bytes left. */
    private final Map<IntBuffer, Integer> inside = new HashMap<>();

    private final Map<Long, Integer> wholes = new HashMap<>();

    /** @param choice whether some characters may be escaped that need not be */
    JsonTextTable(Automaton language, boolean choice) {
        this.language = language;
        this.choice = choice;
        between = Math.max(1, language.getNumStates());
    }

    /** How many states, the first ones, stand between characters. */
    int between() {
        return between;
    }

    /** How many states stand inside of a character, as far as they are known. */
    int inside() {
        return rows.size();
    }

    /** The row of a state inside of a character, by its index behind those between. */
    int[] inside(int index) {
        return rows.get(index);
    }

    /** The row of a state between characters, made now: for each byte the next state, or {@link ByteTable#DEAD}. */
    int[] row(int state) {
        var row = ByteTable.deadRow();
        if (state < language.getNumStates()) {
            fill(row, new TransitionRanges(language, state));
        }
        return row;
    }

    private int add(int[] row) {
        rows.add(row);
        return between + rows.size() - 1;
    }

    private void fill(int[] row, TransitionRanges ranges) {
        ranges.fill(row, ' ', ' ', FIRST_MULTIBYTE - ' ');
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
        var row = ByteTable.deadRow();
        if (bytes == 1) {
            ranges.fill(row, CONTINUATION, from, 64);
        } else {
            for (int i = 0; i < 64; i++) {
                row[CONTINUATION + i] = behind(ranges, from + i * (width >> 6), bytes);
            }
        }
        var continuations = IntBuffer.wrap(row, CONTINUATION, 64);
        return isDead(continuations) ? DEAD : inside(continuations);
    }

    /** The state behind the first of several continuation bytes, which leads to the code points from one on. */
    private int behind(TransitionRanges ranges, int start, int bytes) {
        return isOverlong(start, bytes) ? DEAD : multibyte(ranges, start, bytes - 1);
    }

    private static boolean isDead(IntBuffer row) {
        for (int i = row.position(); i < row.limit(); i++) {
            if (row.get(i) != DEAD) {
                return false;
            }
        }
        return true;
    }

    /** The state before so many continuation bytes, whatever they are. */
    private int whole(int target, int bytes) {
        if (target == DEAD || bytes == 0) {
            return target;
        }
        long key = (long) target << 2 | bytes;
        var known = wholes.get(key);
        if (known == null) {
            known = add(whole(target, bytes - 1));
            wholes.put(key, known);
        }
        return known;
    }

    /** A new state from which every continuation byte leads to another. */
    private int add(int next) {
        var row = ByteTable.deadRow();
        Arrays.fill(row, CONTINUATION, CONTINUATION + 64, next);
        return add(row);
    }

    private static boolean isWhole(int from, int bytes) {
        return from >= (bytes == 2 ? 0x800 : bytes == 3 ? 0x10000 : FIRST_MULTIBYTE)
                && from + (1 << (6 * bytes)) - 1 <= Character.MAX_CODE_POINT;
    }

    /** Whether code points from one on have a shorter form, or none. */
    private static boolean isOverlong(int start, int bytes) {
        return start > Character.MAX_CODE_POINT || (bytes == 2 && start < 0x800) || (bytes == 3 && start < 0x10000);
    }

    private int escape(TransitionRanges ranges) {
        var row = ByteTable.deadRow();
        for (int c = 0; c < FIRST_MULTIBYTE; c++) {
            int letter = JsonText.escapeLetter(c);
            if (letter >= 0) {
                row[letter] = ranges.at(c);
            }
        }
        if (choice) {
            row['/'] = ranges.at('/');
        }
        row['u'] = digits(ranges);
        return insideIfAlive(row);
    }

    /** The state behind a backslash and a u: control characters without a short escape, and {@code <}. */
    private int digits(TransitionRanges ranges) {
        if (!ranges.hasAny(0, LAST_CONTROL) && !(choice && ranges.hasAny('<', '<'))) {
            return DEAD;
        }
        var third = ByteTable.deadRow();
        third['0'] = lastDigit(ranges, 0);
        third['1'] = lastDigit(ranges, 0x10);
        if (choice) {
            third['3'] = before('c', ranges.at('<'));
        }
        return before('0', before('0', insideIfAlive(third)));
    }

    /** The state before the last digit of sixteen control characters from one on. */
    private int lastDigit(TransitionRanges ranges, int from) {
        var row = ByteTable.deadRow();
        for (int low = 0; low < 16; low++) {
            if (JsonText.escapeLetter(from + low) < 0) {
                row[Character.forDigit(low, 16)] = ranges.at(from + low);
            }
        }
        return insideIfAlive(row);
    }

    private int before(int label, int next) {
        var row = ByteTable.deadRow();
        row[label] = next;
        return insideIfAlive(row);
    }

    private int insideIfAlive(int[] row) {
        var whole = IntBuffer.wrap(row);
        return isDead(whole) ? DEAD : inside(whole);
    }

    /** The state with a row, made once. */
    private int inside(IntBuffer row) {
        return inside.computeIfAbsent(row, missing -> {
            return add(row.array());
        });
    }
}
