package pantheon.night.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pantheon.night.outcome.StopReason;

/** What every engine keeps to. Each test's engine answers two conversations of two turns each. */
public abstract class EngineContract {
    /** What the engine says in every turn. */
    protected static final String ANSWER = "hé漢🙂,b k";

    private static final GenerationLimits LIMITS = new GenerationLimits(100, Duration.ofSeconds(60));
    private static final String FIRST = """
            <|im_start|>system
            Be short.<|im_end|>
            <|im_start|>user
            Hi<|im_end|>
            <|im_start|>assistant
            """;
    private static final String NEXT = """
            <|im_end|>
            <|im_start|>user
            And?<|im_end|>
            <|im_start|>assistant
            """;

    private Engine engine;

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
        assertTrue(model.controlTexts().contains("<|im_end|>"));
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
            var second = conversation.generate(FIRST + first.text() + NEXT, LIMITS);
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
            assertEquals(
                    ANSWER, one.generate(FIRST + first.text() + NEXT, LIMITS).text());
            assertEquals(
                    ANSWER, other.generate(FIRST + first.text() + NEXT, LIMITS).text());
        }
    }

    @Test
    void counts_more_for_a_longer_text() {
        try (var conversation = engine.open()) {
            assertEquals(0, conversation.countTokens(""));
            assertTrue(conversation.countTokens(FIRST) < conversation.countTokens(FIRST + NEXT));
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
