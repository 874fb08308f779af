package pantheon.night.trainer;

/**
 * The sizes of a Qwen2 decoder with tied embeddings.
 *
 * @param vocabulary number of tokens
 * @param hidden width of the residual stream
 * @param layers number of decoder layers
 * @param heads number of query heads
 * @param kvHeads number of key and value heads, a divisor of {@code heads}
 * @param headWidth numbers per head, even
 * @param feedForward width of the gated feed-forward part
 * @param ropeTheta base of the rotary frequencies
 * @param epsilon what RMSNorm adds to the mean square
 */
record ModelShape(
        int vocabulary,
        int hidden,
        int layers,
        int heads,
        int kvHeads,
        int headWidth,
        int feedForward,
        double ropeTheta,
        double epsilon) {

    /** Positions that the exported model claims to handle. */
    static final int MAX_POSITIONS = 4096;

    ModelShape {
        if (vocabulary < 1 || hidden < 1 || layers < 1 || feedForward < 1) {
            throw new IllegalArgumentException("every size must be positive");
        }
        if (kvHeads < 1 || heads % kvHeads != 0) {
            throw new IllegalArgumentException(heads + " query heads cannot share " + kvHeads + " key heads evenly");
        }
        if (headWidth < 2 || headWidth % 2 != 0) {
            throw new IllegalArgumentException("rotary positions need an even head width, got " + headWidth);
        }
    }

    /** The embedded model's shape for a vocabulary of this size: about 1.1 million parameters at 1,024 tokens. */
    static ModelShape embedded(int vocabulary) {
        return new ModelShape(vocabulary, 128, 4, 4, 2, 64, 384, 1e6, 1e-6);
    }

    /** Query heads that share one key head. */
    int group() {
        return heads / kvHeads;
    }

    int queryWidth() {
        return heads * headWidth;
    }

    int keyWidth() {
        return kvHeads * headWidth;
    }

    /** The turn, in radians per position, of each rotary pair; pair i is numbers i and i + headWidth / 2 of a head. */
    double[] rotaryFrequencies() {
        double[] frequencies = new double[headWidth / 2];
        for (int pair = 0; pair < frequencies.length; pair++) {
            frequencies[pair] = Math.pow(ropeTheta, -2.0 * pair / headWidth);
        }
        return frequencies;
    }
}
