package pantheon.night.engine;

/**
 * The tokens of one generation.
 *
 * @param inputTokens the prompt's length
 * @param cachedTokens how many of those came from the KV cache and were not prefilled again
 * @param outputTokens the generation's length, its end-of-turn token included
 */
public record Usage(int inputTokens, int cachedTokens, int outputTokens) {
    public Usage {
        if (inputTokens < 0 || cachedTokens < 0 || cachedTokens > inputTokens || outputTokens < 0) {
            throw new IllegalArgumentException(
                    "usage is input %d, cached %d, output %d".formatted(inputTokens, cachedTokens, outputTokens));
        }
    }
}
