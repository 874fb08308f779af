package pantheon.night.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Events;
import pantheon.night.journal.NightEvent;
import pantheon.night.past.CachedPrompts.Share;
import tools.jackson.databind.node.ObjectNode;

final class CachedPromptsTest {
    private static final CachedPrompts.Key DOCS = new CachedPrompts.Key("docs", "3", "tiny-1");

    private final CachedPrompts prompts = new CachedPrompts();

    private static NightEvent event(EventType type) {
        return Events.all().stream()
                .filter(event -> EventType.of(event) == type)
                .findFirst()
                .orElseThrow();
    }

    private void begin(EventType type, String cachedTokens) {
        prompts.take(Events.changed(
                event(type),
                data -> data.set("night.models", Json.parse("""
                [{"name": "docops", "digest": "%s", "context_tokens": 2048, "origin": "server", "folder": "tiny-1",
                  "control_texts": [], "facts": {"cached_tokens": "%s"}}]
                """.formatted("b2".repeat(32), cachedTokens)))));
    }

    private void task(String task) {
        var data = EventCodec.data(event(EventType.TASK_STARTED));
        data.put("night.agent", "docs").put("night.agent_version", "3");
        prompts.take(EventCodec.event(EventType.TASK_STARTED, task, data));
    }

    private void turn(String task, String model, int input, int cached) {
        ObjectNode data = EventCodec.data(event(EventType.GENERATION_RECEIVED));
        data.put("gen_ai.request.model", model)
                .put("gen_ai.usage.input_tokens", input)
                .put("gen_ai.usage.cache_read.input_tokens", cached);
        prompts.take(EventCodec.event(EventType.GENERATION_RECEIVED, task, data));
    }

    @Test
    void turns_are_added_by_agent_and_model() {
        begin(EventType.NIGHT_STARTED, "counted");
        task("a");
        task("b");
        turn("a", "tiny-1", 100, 0);
        turn("b", "tiny-1", 100, 60);
        turn("b", "other", 10, 10);
        assertEquals(new Share(2, 0, 200, 60), prompts.shares().get(DOCS));
        assertEquals(new Share(1, 0, 10, 10), prompts.shares().get(new CachedPrompts.Key("docs", "3", "other")));
        assertEquals(new Share(3, 0, 210, 70), prompts.all());
        assertEquals(0.3, new Share(2, 0, 200, 60).ratio());
    }

    @Test
    void a_server_that_does_not_count_is_not_one_that_cached_nothing() {
        begin(EventType.NIGHT_STARTED, "not counted");
        task("a");
        turn("a", "tiny-1", 100, 0);
        assertEquals(new Share(0, 1, 0, 0), prompts.shares().get(DOCS));
        assertTrue(Double.isNaN(prompts.all().ratio()));
    }

    @Test
    void a_turn_without_a_count_is_not_one_that_cached_nothing() {
        begin(EventType.NIGHT_STARTED, "counted");
        task("a");
        turn("a", "tiny-1", 100, 90);
        var data = EventCodec.data(event(EventType.GENERATION_RECEIVED)).put("gen_ai.request.model", "tiny-1");
        data.remove("gen_ai.usage.cache_read.input_tokens");
        prompts.take(EventCodec.event(EventType.GENERATION_RECEIVED, "a", data));
        assertEquals(new Share(1, 1, 100, 90), prompts.shares().get(DOCS));
    }

    @Test
    void a_server_that_counts_since_the_night_went_on_is_counted_from_there() {
        begin(EventType.NIGHT_STARTED, "not counted");
        task("a");
        turn("a", "tiny-1", 100, 0);
        begin(EventType.NIGHT_RESUMED, "counted");
        turn("a", "tiny-1", 100, 90);
        assertEquals(new Share(1, 1, 100, 90), prompts.shares().get(DOCS));
    }

    @Test
    void an_engine_in_this_process_says_nothing_of_it_and_counts() {
        prompts.take(event(EventType.NIGHT_STARTED));
        task("a");
        turn("a", "tiny-1", 100, 50);
        assertEquals(new Share(1, 0, 100, 50), prompts.all());
    }
}
