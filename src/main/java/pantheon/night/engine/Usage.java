package pantheon.night.engine;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of one generation.
 *
 * @param inputTokens the prompt's length
 * @param cachedTokens how many of those came from the KV cache and were not prefilled again, null where a server does not tell
 * @param outputTokens the generation's length, its end-of-turn token included
 * @param forcedTokens how many of those a grammar left no choice for, so that the model was not asked
 */
public record Usage(int inputTokens, @Nullable Integer cachedTokens, int outputTokens, int forcedTokens) {
    /** Tokens that the model chose all of. */
    public Usage(int inputTokens, @Nullable Integer cachedTokens, int outputTokens) {
        this(inputTokens, cachedTokens, outputTokens, 0);
    }

    public Usage {
        if (inputTokens < 0
                || (cachedTokens != null && (cachedTokens < 0 || cachedTokens > inputTokens))
                || forcedTokens < 0
                || forcedTokens > outputTokens) {
            throw new IllegalArgumentException("usage is input %d, cached %d, output %d, forced %d"
                    .formatted(inputTokens, cachedTokens, outputTokens, forcedTokens));
        }
    }

    /** The prompt's tokens that were prefilled; all of them where nobody tells which were not. */
    public int prefilledTokens() {
        return inputTokens - (cachedTokens == null ? 0 : cachedTokens);
    }
}
