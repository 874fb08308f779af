package pantheon.night.trainer;

import java.util.Arrays;

/**
 * The tokens before every row of a batch.
 *
 * @param tokens at least one
 * @param firstPosition position of the first of them
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way to native code; never compared
record Prefix(int[] tokens, int firstPosition) {

    Prefix {
        if (tokens.length == 0 || firstPosition < 0) {
            throw new IllegalArgumentException("a prefix has at least one token, at a position from 0 on");
        }
    }

    Prefix(int[] tokens) {
        this(tokens, 0);
    }

    /** The last tokens alone, at the positions they have in the whole: what follows hardly changes, at a third of the cost. */
    Prefix tail(int count) {
        int cut = Math.max(0, tokens.length - count);
        return new Prefix(Arrays.copyOfRange(tokens, cut, tokens.length), firstPosition + cut);
    }

    int length() {
        return tokens.length;
    }
}
