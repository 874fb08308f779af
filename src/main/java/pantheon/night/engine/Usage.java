package pantheon.night.engine;

/**
 * The tokens of one generation.
 *
 * @param inputTokens the prompt's length
 * @param cachedTokens how many of those came from the KV cache and were not prefilled again
 * @param outputTokens the generation's length, its end-of-turn token included
 * @param forcedTokens how many of those a grammar left no choice for, so that the model was not asked
 */
public record Usage(int inputTokens, int cachedTokens, int outputTokens, int forcedTokens) {
    /** Tokens that the model chose all of. */
    public Usage(int inputTokens, int cachedTokens, int outputTokens) {
        this(inputTokens, cachedTokens, outputTokens, 0);
    }

    public Usage {
        if (inputTokens < 0
                || cachedTokens < 0
                || cachedTokens > inputTokens
                || forcedTokens < 0
                || forcedTokens > outputTokens) {
            throw new IllegalArgumentException("usage is input %d, cached %d, output %d, forced %d"
                    .formatted(inputTokens, cachedTokens, outputTokens, forcedTokens));
        }
    }
}
