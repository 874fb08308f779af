package pantheon.night.prompt;

/**
 * What a model is to continue.
 *
 * @param text all of it, control tokens as the model's format has them
 * @param prefixLength how many of its chars it has in common with other tasks' prompts; what is computed for them is kept
 */
public record Prompt(String text, int prefixLength) {
    public Prompt {
        if (prefixLength < 0 || prefixLength > text.length()) {
            throw new IllegalArgumentException(
                    "prefixLength is %d; expected 0 to %d".formatted(prefixLength, text.length()));
        }
    }

    /** A prompt that has nothing in common with any other. */
    public static Prompt unshared(String text) {
        return new Prompt(text, 0);
    }

    /** What it has in common with other tasks' prompts. */
    public String prefix() {
        return text.substring(0, prefixLength);
    }

    /** The same with more behind it. */
    public Prompt with(String more) {
        return new Prompt(text + more, prefixLength);
    }
}
