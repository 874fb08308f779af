package pantheon.night.engine.decode;

/**
 * Tokens, and what a model thinks of them.
 *
 * @param tokens of a text first, then what the model goes on with
 * @param given how many of them are the text's
 * @param logits behind each token, {@code [token][vocabulary]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Scored(int[] tokens, int given, float[][] logits) {
    /** The token with the greatest logit, of some that are the same the first. */
    public static int likeliest(float[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            best = logits[token] > logits[best] ? token : best;
        }
        return best;
    }
}
