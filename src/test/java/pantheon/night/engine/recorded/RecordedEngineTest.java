package pantheon.night.engine.recorded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;

class RecordedEngineTest {
    private static final EngineModel MODEL =
            new EngineModel("recorded", "0".repeat(64), 4096, List.of("<|im_start|>", "<|im_end|>"), "recorded:test");
    private static final GenerationLimits LIMITS = new GenerationLimits(1, Duration.ZERO);

    private static Generation generation(String text, int inputTokens, int cachedTokens) {
        return new Generation(
                text,
                StopReason.END_OF_TURN,
                new Usage(inputTokens, cachedTokens, 20),
                Duration.ofMillis(3),
                Duration.ofMillis(40));
    }

    @Test
    void plays_each_conversation_in_its_order() {
        var record = List.of(List.of(generation("a", 1, 0), generation("b", 1, 0)), List.of(generation("c", 1, 0)));
        try (var engine = new RecordedEngine(MODEL, record);
                var first = engine.open();
                var second = engine.open()) {
            assertEquals(
                    "a", first.generate(Prompt.unshared("whatever"), LIMITS).text());
            assertEquals(
                    "c", second.generate(Prompt.unshared("whatever"), LIMITS).text());
            assertEquals(generation("b", 1, 0), first.generate(Prompt.unshared("whatever"), LIMITS));
        }
    }

    @Test
    void a_closed_conversation_refuses_and_may_be_closed_again() {
        try (var engine = new RecordedEngine(MODEL, List.of(List.of(generation("a", 1, 0))))) {
            var conversation = engine.open();
            conversation.close();
            conversation.close();
            assertThrows(IllegalStateException.class, () -> conversation.generate(Prompt.unshared("whatever"), LIMITS));
        }
    }

    @Test
    void counts_more_for_a_longer_text() {
        try (var engine = new RecordedEngine(MODEL, List.of(List.of(generation("a", 1, 0))));
                var conversation = engine.open()) {
            assertEquals(0, conversation.countTokens(""));
            assertTrue(conversation.countTokens("one") < conversation.countTokens("one two three"));
        }
    }

    @Test
    void says_when_the_record_is_at_its_end() {
        try (var engine = new RecordedEngine(MODEL, List.of(List.of(generation("a", 1, 0))));
                var conversation = engine.open()) {
            conversation.generate(Prompt.unshared("whatever"), LIMITS);
            var ended = assertThrows(
                    IllegalStateException.class, () -> conversation.generate(Prompt.unshared("whatever"), LIMITS));
            assertEquals("the record has no further generation for this conversation", ended.getMessage());
            var unopened = assertThrows(IllegalStateException.class, engine::open);
            assertEquals("the record has no further conversation", unopened.getMessage());
        }
    }
}
