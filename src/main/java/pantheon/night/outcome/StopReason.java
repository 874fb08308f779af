package pantheon.night.outcome;

/** Why a generation ended. */
public enum StopReason {
    /** The model closed its turn. */
    END_OF_TURN,
    /** The token limit cut it off. */
    TOKEN_LIMIT,
    /** Prompt and generation filled the context. */
    CONTEXT_FULL,
    /** The time limit cut it off. */
    TIME_LIMIT
}
