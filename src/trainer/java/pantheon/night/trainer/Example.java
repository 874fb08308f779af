package pantheon.night.trainer;

/**
 * One conversation to learn from, in tokens, without the prefix that all examples share.
 *
 * @param tokens token ids
 * @param learned whether the model is to produce the token at this place, as long as {@code tokens}
 */
@SuppressWarnings("ArrayRecordComponent") // numbers on their way to native code; never compared
record Example(int[] tokens, boolean[] learned) {

    Example {
        if (tokens.length != learned.length) {
            throw new IllegalArgumentException(tokens.length + " tokens but " + learned.length + " marks");
        }
    }

    int length() {
        return tokens.length;
    }

    int learnedTokens() {
        int count = 0;
        for (boolean mark : learned) {
            if (mark) {
                count++;
            }
        }
        return count;
    }
}
