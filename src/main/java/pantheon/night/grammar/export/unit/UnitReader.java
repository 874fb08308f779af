package pantheon.night.grammar.export.unit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.export.tree.Part.Range;
import pantheon.night.language.text.ByteTable;

/** Reads an automaton over bytes as one over units. */
public final class UnitReader {
    private static final String HEX = "0123456789ABCDEFabcdef";
    private static final int FIRST_MULTIBYTE = 0x80;
    private static final int CONTINUATION = 0x80;
    private static final int MIXED = -2;
    private static final int UNKNOWN = -3;

    private final ByteTable bytes;
    private final boolean escaped;
    private final int[] alike;
    private final UnitTable out = new UnitTable();
    /** For each state of the bytes the one of the units. */
    private final int[] numbers;

    private final Queue<Integer> waiting = new ArrayDeque<>();
    /** For the continuation bytes left and a state, where all of them lead. */
    private final int[][] whole;

    private final @Nullable Gathered[] here;
    private final Map<Gathered, Unit> units = new HashMap<>();
    /** For a state behind a backslash where the escapes lead that begin so: many states share it. */
    private final Map<Integer, Map<Integer, SortedSet<String>>> escapes = new HashMap<>();

    private final List<Integer> targets = new ArrayList<>();
    /** The characters that were read last and touch one another, and where all of them lead. */
    private int runFirst;

    private int runLast;
    private int runNext = UNKNOWN;

    /** The characters that lead to one state; all escapes that do so begin at one. */
    private static final class Gathered {
        private final List<Range> raw = new ArrayList<>(2);
        private SortedSet<String> escapes = Collections.emptySortedSet();

        Unit unit() {
            return new Unit(raw, escapes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Gathered those && raw.equals(those.raw) && escapes.equals(those.escapes);
        }

        @Override
        public int hashCode() {
            return 31 * raw.hashCode() + escapes.hashCode();
        }
    }

    private UnitReader(ByteTable bytes, boolean escaped, int[] alike) {
        this.bytes = bytes;
        this.escaped = escaped;
        this.alike = alike;
        numbers = filled(bytes.size(), UNKNOWN);
        whole = new int[][] {
            numbers, filled(bytes.size(), UNKNOWN), filled(bytes.size(), UNKNOWN), filled(bytes.size(), UNKNOWN)
        };
        here = new Gathered[bytes.size()];
    }

    private static int[] filled(int size, int value) {
        var array = new int[size];
        Arrays.fill(array, value);
        return array;
    }

    /**
     * The same automaton over units.
     *
     * @param escaped whether a backslash begins an escape, as between the quotes of JSON
     */
    public static UnitTable read(ByteTable bytes, boolean escaped) {
        var reader = new UnitReader(bytes, escaped, escaped ? AlikeStates.none(bytes) : AlikeStates.of(bytes));
        reader.number(bytes.start());
        while (!reader.waiting.isEmpty()) {
            reader.readState(reader.waiting.remove());
        }
        return reader.out;
    }

    private int number(int any) {
        int state = alike[any];
        if (numbers[state] == UNKNOWN) {
            waiting.add(state);
            numbers[state] = out.add(bytes.accepts(state));
        }
        return numbers[state];
    }

    private void readState(int state) {
        int from = 0;
        for (int b = 1; b <= FIRST_MULTIBYTE; b++) {
            int next = plain(state, from);
            if (b == FIRST_MULTIBYTE || plain(state, b) != next) {
                if (next >= 0) {
                    raw(from, b - 1, next);
                }
                from = b;
            }
        }
        readLeads(state);
        endRun();
        if (escaped && bytes.step(state, '\\') >= 0) {
            escapes.computeIfAbsent(bytes.step(state, '\\'), this::readEscapes)
                    .forEach((next, found) -> gathered(next).escapes = found);
        }
        connect(state);
    }

    /** Where a character of one byte leads that stands for itself. */
    private int plain(int state, int b) {
        return escaped && b == '\\' ? ByteTable.DEAD : bytes.step(state, b);
    }

    private void connect(int state) {
        for (int target : targets) {
            var found = here[target];
            if (found != null) {
                out.connect(number(state), units.computeIfAbsent(found, Gathered::unit), number(target));
                here[target] = null;
            }
        }
        targets.clear();
    }

    private void readLeads(int state) {
        for (int lead = 0xC2; lead <= 0xDF; lead++) {
            readMultibyte(bytes.step(state, lead), lead & 0x1F, 1);
        }
        for (int lead = 0xE0; lead <= 0xEF; lead++) {
            readMultibyte(bytes.step(state, lead), lead & 0x0F, 2);
        }
        for (int lead = 0xF0; lead <= 0xF4; lead++) {
            readMultibyte(bytes.step(state, lead), lead & 0x07, 3);
        }
    }

    private Gathered gathered(int next) {
        int target = alike[next];
        var found = here[target];
        if (found == null) {
            found = new Gathered();
            here[target] = found;
            targets.add(target);
        }
        return found;
    }

    private void raw(int first, int last, int next) {
        if (next == runNext && first == runLast + 1) {
            runLast = last;
            return;
        }
        endRun();
        runFirst = first;
        runLast = last;
        runNext = next;
    }

    private void endRun() {
        if (runNext != UNKNOWN) {
            Unit.add(runFirst, runLast, gathered(runNext).raw);
            runNext = UNKNOWN;
        }
    }

    /**
     * Reads the characters that begin so.
     *
     * @param begun the bits of the code point that are known
     * @param left the continuation bytes that are not
     */
    private void readMultibyte(int state, int begun, int left) {
        if (state < 0) {
            return;
        }
        int only = whole(state, left);
        if (only >= 0) {
            raw(begun << (6 * left), ((begun + 1) << (6 * left)) - 1, only);
            return;
        }
        for (int b = 0; b < 64; b++) {
            readMultibyte(bytes.step(state, CONTINUATION + b), begun << 6 | b, left - 1);
        }
    }

    private int whole(int state, int left) {
        if (left == 0) {
            return state;
        }
        if (whole[left][state] == UNKNOWN) {
            whole[left][state] = common(state, left);
        }
        return whole[left][state];
    }

    private int common(int state, int left) {
        int first = MIXED;
        for (int b = 0; b < 64; b++) {
            int next = bytes.step(state, CONTINUATION + b);
            int end = next < 0 ? MIXED : whole(next, left - 1);
            if (end < 0 || (b > 0 && end != first)) {
                return MIXED;
            }
            first = end;
        }
        return first;
    }

    private Map<Integer, SortedSet<String>> readEscapes(int behind) {
        var found = new LinkedHashMap<Integer, SortedSet<String>>();
        for (int letter = 0; letter < FIRST_MULTIBYTE; letter++) {
            int next = bytes.step(behind, letter);
            if (next >= 0 && letter == 'u') {
                readDigits(next, "u", found);
            } else if (next >= 0) {
                addEscape(next, Character.toString(letter), found);
            }
        }
        return found;
    }

    private void addEscape(int next, String escape, Map<Integer, SortedSet<String>> found) {
        found.computeIfAbsent(alike[next], missing -> new TreeSet<>()).add(escape);
    }

    private void readDigits(int state, String begun, Map<Integer, SortedSet<String>> found) {
        if (begun.length() == 5) {
            addEscape(state, begun, found);
            return;
        }
        for (int i = 0; i < HEX.length(); i++) {
            int next = bytes.step(state, HEX.charAt(i));
            if (next >= 0) {
                readDigits(next, begun + HEX.charAt(i), found);
            }
        }
    }
}
