package pantheon.night.engine.decode;

import java.util.Arrays;
import java.util.List;

/**
 * Tokens, and what a model thinks of them.
 *
 * @param tokens of a text first, then what the model goes on with
 * @param given how many of them are the text's
 * @param logits behind each token, {@code [token][vocabulary]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Scored(int[] tokens, int given, float[][] logits) {
    /**
     * Has a runner read a text and go on with it by the likeliest tokens, while nobody else uses it.
     *
     * @param given the text's tokens, 1 or more
     * @param more how many tokens it goes on with, one by one
     */
    public static Scored of(Runner runner, int[] given, int more) {
        var tokens = Arrays.copyOf(given, given.length + more);
        var logits = new float[tokens.length][];
        try (var sequence = runner.open()) {
            for (int done = 0; done < tokens.length; ) {
                int end = done < given.length ? Math.min(done + runner.chunkTokens(), given.length) : done + 1;
                var share = new Share(sequence, Arrays.copyOfRange(tokens, done, end), end - done);
                var rows = runner.run(List.of(share));
                for (int i = done; i < end; i++) {
                    logits[i] = rows[i - done].clone();
                }
                if (end >= given.length && end < tokens.length) {
                    tokens[end] = likeliest(logits[end - 1]);
                }
                done = end;
            }
        }
        return new Scored(tokens, given.length, logits);
    }

    /** The token with the greatest logit, of some that are the same the first. */
    public static int likeliest(float[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            best = logits[token] > logits[best] ? token : best;
        }
        return best;
    }
}
