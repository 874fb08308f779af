package pantheon.night.engine.decode;

import java.util.List;

/**
 * What computes a model, whatever runtime is behind it: some more tokens of some sequences in, logits out.
 *
 * <p>Used by one thread, which is that of its {@link DecodeLoop}.
 */
public interface Runner extends AutoCloseable {
    /** How many sequences may be open at once, 1 or more. */
    int sequences();

    /** The most tokens of one sequence that a run takes. */
    int chunkTokens();

    /** Whether to forget a sequence's last tokens costs nothing. */
    boolean isRewoundForNothing();

    /** The bytes of one token's keys and values. */
    long tokenBytes();

    /** Opens a sequence of no tokens. */
    Sequence open();

    /**
     * Runs some sequences on, each once. Where it fails, how far any of them has come is not known.
     *
     * @return the logits that are wanted, share after share, each as wide as the vocabulary; good until the next run
     */
    float[][] run(List<Share> shares);

    /** Whether it still computes, whatever became of the last run. */
    boolean isSound();

    /**
     * Begins anew where it computes no more; its sequences keep what they have.
     *
     * @throws pantheon.night.NightException with exit code 69 where it cannot
     */
    void rebuild();

    @Override
    void close();
}
