package pantheon.night.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pantheon.night.contract.Json;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.prompt.ThickPrompt;

/** What every engine keeps to. Each test's engine answers two conversations of two turns each. */
public abstract class EngineContract {
    /** What the engine says in every turn. */
    protected static final String ANSWER = "hé漢🙂,b k";

    private static final GenerationLimits LIMITS = new GenerationLimits(100, Duration.ofSeconds(60));
    private static final ChatFormat FORMAT = ChatFormats.QWEN;
    private static final Prompt FIRST = new ThickPrompt("Be short.", List.of(), List.of(), List.of(), "")
            .open(FORMAT, List.of(), Json.object(), FORMAT.control(List.of()));

    private Engine engine;

    /** The prompt after the first, once that was answered. */
    private static Prompt next(Generation first) {
        return FIRST.with(FORMAT.answer(first.text()) + FORMAT.correction("And?"));
    }

    /** An engine that answers every turn with {@link #ANSWER} and ends it. */
    protected abstract Engine engine() throws Exception;

    @BeforeEach
    void load() throws Exception {
        engine = engine();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void says_which_model_it_is_and_that_it_runs_here() {
        var model = engine.model();
        assertFalse(model.name().isEmpty());
        assertTrue(model.digest().matches("[0-9a-f]{64}"), model.digest());
        assertTrue(model.contextTokens() > 0);
        assertTrue(model.controlTexts().containsAll(FORMAT.stops()));
        assertTrue(model.origin().matches("(process|recorded|unix):.*"), model.origin());
    }

    @Test
    void ends_a_turn_with_the_text_alone() {
        try (var conversation = engine.open()) {
            var generation = conversation.generate(FIRST, LIMITS);
            assertEquals(ANSWER, generation.text());
            assertEquals(StopReason.END_OF_TURN, generation.stopReason());
        }
    }

    @Test
    void counts_prompt_and_generation() {
        try (var conversation = engine.open()) {
            var generation = conversation.generate(FIRST, LIMITS);
            assertTrue(generation.usage().inputTokens() > 0);
            assertTrue(generation.usage().outputTokens() > 0);
            assertFalse(generation.prefillTime().isNegative());
            assertFalse(generation.decodeTime().isNegative());
        }
    }

    @Test
    void takes_the_next_turn_from_the_cache() {
        try (var conversation = engine.open()) {
            var first = conversation.generate(FIRST, LIMITS);
            var second = conversation.generate(next(first), LIMITS);
            assertEquals(ANSWER, second.text());
            assertTrue(second.usage().inputTokens() > first.usage().inputTokens());
            assertTrue(second.usage().cachedTokens() >= first.usage().inputTokens());
        }
    }

    @Test
    void keeps_conversations_apart() {
        try (var one = engine.open();
                var other = engine.open()) {
            var first = one.generate(FIRST, LIMITS);
            assertEquals(ANSWER, other.generate(FIRST, LIMITS).text());
            assertEquals(ANSWER, one.generate(next(first), LIMITS).text());
            assertEquals(ANSWER, other.generate(next(first), LIMITS).text());
        }
    }

    @Test
    void counts_more_for_a_longer_text() {
        try (var conversation = engine.open()) {
            assertEquals(0, conversation.countTokens(""));
            assertTrue(conversation.countTokens(FIRST.prefix()) < conversation.countTokens(FIRST.text()));
        }
    }

    @Test
    void refuses_a_closed_conversation() {
        var conversation = engine.open();
        conversation.close();
        conversation.close();
        assertThrows(IllegalStateException.class, () -> conversation.generate(FIRST, LIMITS));
    }
}
