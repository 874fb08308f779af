package pantheon.night.engine;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.Prompt;

/**
 * One task's exchange with a model; it owns the KV cache that the task's steps share. Used by one thread at a time, not
 * always the same; one that is interrupted may give up by throwing.
 */
public interface Conversation extends AutoCloseable {
    /**
     * Continues a prompt up to the end of the turn or a limit.
     *
     * <p>The KV of the longest token prefix that this conversation has already seen, its own generated tokens
     * included, is reused. What was generated is never tokenised again while the next prompt begins with the
     * last prompt and its generation.
     *
     * @param prompt the whole prompt; control tokens in it are honoured
     * @throws EngineLost where the engine was lost over it, and may answer the next
     * @throws pantheon.night.NightException with exit code 69 where it is gone for good
     */
    default Generation generate(Prompt prompt, GenerationLimits limits) {
        return generate(prompt, null, limits);
    }

    /**
     * Continues a prompt by a turn of a grammar.
     *
     * <p>Where the limit of tokens leaves room for any whole turn, the turn is whole.
     *
     * @param grammar what may be generated, null for anything
     */
    Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits);

    /**
     * How likely each of some texts is in a place of the turn behind a prompt, as a whole: by all its tokens. What was
     * generated before stays what the next prompt goes on from.
     *
     * @param timeLimit the longest that it may take
     * @return empty where the engine cannot tell, or not within that time
     * @throws EngineLost where the engine was lost over it, and may answer the next
     */
    default Optional<Scores> score(Prompt prompt, Alternatives alternatives, Duration timeLimit) {
        return Optional.empty();
    }

    /** The length of a text in this model's tokens, control tokens honoured. */
    int countTokens(String text);

    @Override
    void close();
}
