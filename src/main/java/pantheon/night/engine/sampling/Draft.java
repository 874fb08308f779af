package pantheon.night.engine.sampling;

import java.util.Arrays;

/**
 * What a text is likely to go on with: what followed its last tokens where they stood before (prompt lookup decoding, Saxena,
 * 2023).
 */
final class Draft {
    /** So many tokens must be the same. */
    private static final int ALIKE = 3;

    private static final int MOST_TOKENS = 8;
    private static final int[] NONE = {};

    private Draft() {}

    /** What followed where the last tokens stood last; none where they never did. */
    static int[] of(int[] tokens) {
        int end = tokens.length;
        for (int place = end - 1; place >= ALIKE; place--) {
            if (tokens[place - 1] == tokens[end - 1]
                    && Arrays.equals(tokens, place - ALIKE, place, tokens, end - ALIKE, end)) {
                return Arrays.copyOfRange(tokens, place, Math.min(end, place + MOST_TOKENS));
            }
        }
        return NONE;
    }
}
