package pantheon.night.model;

/**
 * The most memory that a model takes in this process: its weights, keys and values of every sequence's whole context and
 * of those that are kept for others to go on from, and what comes beside them.
 *
 * @param weightBytes of the graph and the files of its weights
 * @param tokenBytes the keys and values of a token
 * @param contextTokens the most tokens of a sequence
 */
public record MemoryNeed(long weightBytes, long tokenBytes, int contextTokens) {
    /** What other conversations can go on from may be as much as so many whole contexts. */
    public static final int KEPT_CONTEXTS = 2;

    /** The runtime, what layers hand on to one another, tokenizer, and masks. */
    private static final long BESIDES = 300_000_000;

    /** The bytes of what is kept for other conversations, at most. */
    public long keptBytes() {
        return tokenBytes * contextTokens * KEPT_CONTEXTS;
    }

    /**
     * With so many sequences at once.
     *
     * @param sequences 1 or more
     */
    public long bytes(int sequences) {
        return weightBytes + tokenBytes * contextTokens * sequences + keptBytes() + BESIDES;
    }
}
