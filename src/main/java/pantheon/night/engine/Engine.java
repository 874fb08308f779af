package pantheon.night.engine;

import pantheon.night.grammar.TurnGrammar;

/**
 * A local model that continues prompts.
 *
 * <p>Every implementation that runs a model passes {@code EngineContract}. Decoding is greedy, so equal prompts give equal text.
 * What a user can mend (a missing file, a digest that differs) is a {@link pantheon.night.NightException} with
 * exit code 69.
 */
public interface Engine extends AutoCloseable {
    EngineModel model();

    /**
     * Makes an agent's turns ready, before any task asks for one. What of them is not held shows in the model's facts.
     *
     * @throws pantheon.night.NightException where they cannot be held: with exit code 78 where that lies in the schemas,
     *     69 where it lies in the engine
     */
    default void ready(TurnGrammar turn) {
        // A model in this process is held to any turn as it is.
    }

    /** Opens one task's conversation; the caller closes it, and its KV cache goes with it. */
    Conversation open();

    /** The most memory that it takes in this process, in bytes; 0 for a model that runs elsewhere. */
    default long memoryBytes() {
        return 0;
    }

    @Override
    void close();
}
