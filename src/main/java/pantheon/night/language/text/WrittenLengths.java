package pantheon.night.language.text;

import java.util.Arrays;
import java.util.PriorityQueue;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.automaton.Ways;

/** How many bytes strings have when they are written between quotes. */
final class WrittenLengths {
    /** First and last code point in turn, and the bytes of their shortest writing, those with the fewest first. */
    private static final int[] BYTES = {
        ' ',
        '!',
        1,
        '#',
        '[',
        1,
        ']',
        0x7F,
        1,
        '\b',
        '\n',
        2,
        '\f',
        '\r',
        2,
        '"',
        '"',
        2,
        '\\',
        '\\',
        2,
        0x80,
        0x7FF,
        2,
        0x800,
        0xFFFF,
        3,
        0x10000,
        Character.MAX_CODE_POINT,
        4,
        0,
        0x1F,
        6
    };

    private WrittenLengths() {}

    /** The fewest bytes of any character of a range. */
    static int bytes(int first, int last) {
        for (int i = 0; i < BYTES.length; i += 3) {
            if (first <= BYTES[i + 1] && last >= BYTES[i]) {
                return BYTES[i + 2];
            }
        }
        throw new IllegalArgumentException("no range: " + first + " to " + last);
    }

    /** From each state the bytes of the shortest way to an end, {@link ByteTable#NEVER} where there is none. */
    static int[] shortest(Automaton language) {
        int states = language.getNumStates();
        var found = new int[Math.max(1, states)];
        Arrays.fill(found, ByteTable.NEVER);
        var ways = new WaysInto(language);
        var waiting = new PriorityQueue<Long>();
        for (int state = 0; state < states; state++) {
            if (language.isAccept(state)) {
                found[state] = 0;
                waiting.add((long) state);
            }
        }
        while (!waiting.isEmpty()) {
            long next = waiting.remove();
            int state = (int) next;
            if (found[state] == next >> Integer.SIZE) {
                ways.from(state, found, waiting);
            }
        }
        return found;
    }

    /** The ways of an automaton, turned round. */
    private static final class WaysInto {
        private final int[] start;
        private final int[] before;
        private final int[] bytes;

        WaysInto(Automaton language) {
            int states = language.getNumStates();
            start = new int[states + 1];
            for (int state = 0; state < states; state++) {
                Ways.from(language, state, way -> start[way.dest + 1]++);
            }
            for (int state = 0; state < states; state++) {
                start[state + 1] += start[state];
            }
            before = new int[start[states]];
            bytes = new int[start[states]];
            var filled = start.clone();
            for (int state = 0; state < states; state++) {
                int from = state;
                Ways.from(language, state, way -> {
                    bytes[filled[way.dest]] = bytes(way.min, way.max);
                    before[filled[way.dest]++] = from;
                });
            }
        }

        /** Goes backwards from a state whose length is known. */
        void from(int state, int[] found, PriorityQueue<Long> waiting) {
            for (int i = start[state]; i < start[state + 1]; i++) {
                int length = found[state] + bytes[i];
                if (length < found[before[i]]) {
                    found[before[i]] = length;
                    waiting.add((long) length << Integer.SIZE | before[i]);
                }
            }
        }

        private static int bytes(int first, int last) {
            return WrittenLengths.bytes(first, last);
        }
    }
}
