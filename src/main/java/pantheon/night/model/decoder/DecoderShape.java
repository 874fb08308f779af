package pantheon.night.model.decoder;

/**
 * The measures of a decoder.
 *
 * @param layers 1 to 1,024
 * @param width the numbers that stand for a token between layers
 * @param heads of the query; each of the {@code kvHeads} heads of keys and values serves as many of them
 * @param headWidth the numbers of a head, an even number
 * @param feedForward the width within a layer's second half
 * @param vocabulary the tokens that there are logits for
 * @param contextTokens the most tokens of a sequence
 * @param epsilon what keeps a norm from dividing by nothing
 */
public record DecoderShape(
        Family family,
        int layers,
        int width,
        int heads,
        int kvHeads,
        int headWidth,
        int feedForward,
        int vocabulary,
        int contextTokens,
        float epsilon,
        Rotary rotary) {
    private static final int MOST_LAYERS = 1 << 10;
    private static final int MOST_WIDTH = 1 << 20;

    public DecoderShape {
        require(layers, MOST_LAYERS, "layers");
        require(width, MOST_WIDTH, "numbers a token");
        require(heads, 1 << 12, "heads");
        require(kvHeads, heads, "heads of keys and values");
        require(headWidth, 1 << 12, "numbers a head");
        require(feedForward, MOST_WIDTH, "numbers of the feed-forward layer");
        require(vocabulary, 1 << 22, "tokens of the vocabulary");
        require(contextTokens, 1 << 20, "tokens of the context");
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(
                    "%d heads are no multiple of %d heads of keys and values".formatted(heads, kvHeads));
        }
        if (headWidth % 2 != 0 || rotary.pairs() != headWidth / 2) {
            throw new IllegalArgumentException(
                    "%d numbers a head, of which %d are turned; expected all".formatted(headWidth, 2 * rotary.pairs()));
        }
        if (!(epsilon > 0 && epsilon < 1)) {
            throw new IllegalArgumentException(
                    "an epsilon of %s; expected more than 0 and less than 1".formatted(epsilon));
        }
    }

    private static void require(int count, int most, String what) {
        if (count < 1 || count > most) {
            throw new IllegalArgumentException("%d %s; expected 1 to %d".formatted(count, what, most));
        }
    }

    public int queryWidth() {
        return heads * headWidth;
    }

    public int kvWidth() {
        return kvHeads * headWidth;
    }

    /** The bytes of keys and values of a token, in single precision. */
    public long kvBytesPerToken() {
        return 2L * layers * kvWidth() * Float.BYTES;
    }

    public DecoderShape withContext(int tokens) {
        return new DecoderShape(
                family, layers, width, heads, kvHeads, headWidth, feedForward, vocabulary, tokens, epsilon, rotary);
    }
}
