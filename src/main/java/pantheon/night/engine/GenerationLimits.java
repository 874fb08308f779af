package pantheon.night.engine;

import java.time.Duration;

/**
 * The bounds of one generation.
 *
 * @param maxTokens the most tokens to generate, 1 or more
 * @param timeLimit the longest it may take, prefill included
 */
public record GenerationLimits(int maxTokens, Duration timeLimit) {
    public GenerationLimits {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens is " + maxTokens + "; expected 1 or more");
        }
    }
}
