package pantheon.night.sizing.past;

import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How much longer a sequence's model time is with b sequences beside one another than alone: 1 at one, then measured
 * where it was, between the measured ones by interpolation, and beyond them in proportion to b.
 *
 * @param measured b → factor, 1 or more each
 */
public record SlowDown(NavigableMap<Integer, Double> measured) {
    /** Nothing measured: b sequences share what one had, so slots save tool time alone. */
    public static final SlowDown SHARED = new SlowDown(new TreeMap<>());

    public SlowDown {
        var all = new TreeMap<>(measured);
        all.replaceAll((b, factor) -> Math.max(1, factor));
        all.put(1, 1.0);
        measured = all;
    }

    /** Whether anything beyond one sequence was measured. */
    public boolean isMeasured() {
        return measured.lastKey() > 1;
    }

    /** The factor at b sequences, 1 or more. */
    public double at(int b) {
        var exact = measured.get(b);
        if (exact != null) {
            return exact;
        }
        var below = Objects.requireNonNull(measured.floorEntry(b));
        var above = measured.ceilingEntry(b);
        if (above == null) {
            return below.getValue() * b / below.getKey();
        }
        double part = (b - below.getKey()) / (double) (above.getKey() - below.getKey());
        return below.getValue() + (above.getValue() - below.getValue()) * part;
    }

    /** The decode time of turns by how many tasks were open. */
    public static final class Seen {
        private static final int MOST_OPEN = 64;
        /** With fewer tokens, a factor is no measurement. */
        private static final long FEWEST_TOKENS = 500;

        private final long[] millis = new long[MOST_OPEN + 1];
        private final long[] tokens = new long[MOST_OPEN + 1];

        void add(int open, long decodeMillis, long decoded) {
            int place = Math.clamp(open, 1, MOST_OPEN);
            millis[place] += decodeMillis;
            tokens[place] += decoded;
        }

        /** The tokens that turns with one task open decode in a second, 0 where there were too few. */
        public double tokensPerSecond() {
            return tokens[1] < FEWEST_TOKENS || millis[1] == 0 ? 0 : tokens[1] * 1000.0 / millis[1];
        }

        /** The slow-down that they show, {@link #SHARED} where they show none. */
        public SlowDown curve() {
            var measured = new TreeMap<Integer, Double>();
            double alone = perToken(1);
            if (tokens[1] < FEWEST_TOKENS || alone == 0) {
                return SHARED;
            }
            for (int b = 2; b <= MOST_OPEN; b++) {
                if (tokens[b] >= FEWEST_TOKENS) {
                    measured.put(b, perToken(b) / alone);
                }
            }
            return new SlowDown(measured);
        }

        private double perToken(int b) {
            return tokens[b] == 0 ? 0 : (double) millis[b] / tokens[b];
        }
    }
}
