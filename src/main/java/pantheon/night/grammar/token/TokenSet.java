package pantheon.night.grammar.token;

/** A set of token ids, as bits. */
public final class TokenSet {
    private final long[] words;

    /** @param size one more than the greatest id */
    public TokenSet(int size) {
        words = new long[(size + 63) >> 6];
    }

    void add(int token) {
        words[token >> 6] |= 1L << token;
    }

    public void remove(int token) {
        words[token >> 6] &= ~(1L << token);
    }

    public boolean contains(int token) {
        return (words[token >> 6] >> token & 1) != 0;
    }

    public void addAll(TokenSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    public void copyFrom(TokenSet other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
    }

    /** How many ids there are. */
    public int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    /** The ids, ascending. */
    public int[] ids() {
        var ids = new int[size()];
        int count = 0;
        for (int i = 0; i < words.length; i++) {
            for (long word = words[i]; word != 0; word &= word - 1) {
                ids[count++] = (i << 6) + Long.numberOfTrailingZeros(word);
            }
        }
        return ids;
    }

    /**
     * The member with the greatest logit, the first of equals, or -1 where the set is empty; masking and argmax in one
     * pass.
     */
    public int likeliest(float[] logits) {
        int best = -1;
        float greatest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < words.length; i++) {
            long word = words[i];
            while (word != 0) {
                int token = (i << 6) + Long.numberOfTrailingZeros(word);
                if (logits[token] > greatest || best < 0) {
                    best = token;
                    greatest = logits[token];
                }
                word &= word - 1;
            }
        }
        return best;
    }
}
