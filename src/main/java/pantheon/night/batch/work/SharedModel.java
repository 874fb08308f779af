package pantheon.night.batch.work;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.engine.Alternatives;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Scores;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.prompt.Prompt;

/** A conversation with a model that others talk to as well: it knows how long its last turn waited for theirs. */
public final class SharedModel implements Conversation {
    private final Conversation conversation;
    private final NightClock clock;
    private Duration waited = Duration.ZERO;

    public SharedModel(Conversation conversation, NightClock clock) {
        this.conversation = conversation;
        this.clock = clock;
    }

    @Override
    public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
        var begun = clock.awake();
        var generation = conversation.generate(prompt, grammar, limits);
        var took = clock.awake().minus(begun);
        var beyond = took.minus(generation.prefillTime()).minus(generation.decodeTime());
        waited = beyond.isNegative() ? Duration.ZERO : beyond;
        return generation;
    }

    @Override
    public Optional<Scores> score(Prompt prompt, Alternatives alternatives, Duration timeLimit) {
        return conversation.score(prompt, alternatives, timeLimit);
    }

    /** What the last turn took beyond its own prefill and decoding. */
    public Duration waited() {
        return waited;
    }

    @Override
    public int countTokens(String text) {
        return conversation.countTokens(text);
    }

    @Override
    public void close() {
        conversation.close();
    }
}
