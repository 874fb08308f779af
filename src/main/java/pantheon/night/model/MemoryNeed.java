package pantheon.night.model;

/**
 * The most memory that a model takes in this process: its weights, keys and values of every sequence's whole context and
 * of those that are kept for others to go on from, and what comes beside them.
 *
 * @param weightBytes of the graph and its weights, as they are computed with
 * @param tokenBytes the keys and values of a token
 * @param contextTokens the most tokens of a sequence
 * @param besideBytes the program, the runtime, what layers hand on to one another, tokenizer, and masks
 */
public record MemoryNeed(long weightBytes, long tokenBytes, int contextTokens, long besideBytes) {
    /** What other conversations can go on from may be as much as so many whole contexts. */
    public static final int KEPT_CONTEXTS = 2;

    private static final long BESIDES = 300_000_000;

    /** OpenVINO keeps the graph as it was read, and what it compiled for each number of tokens that a run had. */
    private static final long MORE_OF_OPENVINO = 100_000_000;

    /** Of a graph of ONNX Runtime's. */
    public MemoryNeed(long weightBytes, long tokenBytes, int contextTokens) {
        this(weightBytes, tokenBytes, contextTokens, BESIDES);
    }

    /** Of a graph of OpenVINO's. */
    public static MemoryNeed ofOpenVino(long weightBytes, long tokenBytes, int contextTokens) {
        return new MemoryNeed(weightBytes, tokenBytes, contextTokens, BESIDES + MORE_OF_OPENVINO);
    }

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
        return weightBytes + tokenBytes * contextTokens * sequences + keptBytes() + besideBytes;
    }
}
