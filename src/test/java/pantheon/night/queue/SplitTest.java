package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.journal.Shard;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;
import tools.jackson.databind.node.ObjectNode;

/** Which shard tasks are in. */
final class SplitTest {
    static final Agent AGENT = agent();

    /** One whose input may name its file in another field than {@code path}. */
    private static Agent agent() {
        return new AgentAssembly(BuiltInTools.all()).assemble(Json.parse("""
                {"name": "reader", "version": "1", "model": "any",
                 "input": {"type": "object", "properties": {"document": {"type": "string"}, "note": {"type": "string"},
                                                            "path": {"type": "string"}}},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "write_file", "bind": {"path": {"input": "document"}}}],
                 "limits": {"steps": 8, "failures": 2, "toolErrors": 2, "identicalCalls": 2, "stepTokens": 100,
                            "taskTokens": 1000, "keptResults": 2, "toolTime": "1s", "taskTime": "60s"},
                 "prompt": {"role": "You write a line."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["document"]}}]}
                """), ChatFormats.QWEN);
    }

    private static Task task(String id, String input) {
        return new Task(id, "reader", (ObjectNode) Json.parse(input), 0, List.of());
    }

    private static int of(int shards, String id, String input) {
        return new Split(task -> AGENT, shards).of(task(id, input));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,1", "3,0", "6,3", "100,43"})
    void the_first_64_bits_of_the_paths_hash_decide(int shards, int expected) {
        // printf %s docs/install.md | sha256sum
        assertEquals(expected, of(shards, "any", "{\"path\": \"docs/install.md\"}"));
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,1", "3,0", "6,3", "100,9"})
    void without_a_path_those_of_the_ids_hash_do(int shards, int expected) {
        assertEquals(expected, of(shards, "task-7", "{\"note\": \"docs/install.md\"}"));
        assertEquals(expected, of(shards, "task-7", "{\"path\": \"\"}"));
    }

    @Test
    void two_agents_on_one_file_are_in_one_shard_however_their_fields_are_called() {
        for (int i = 0; i < 50; i++) {
            var file = Json.quote("docs/page-%d.md".formatted(i));
            int first = of(6, "a-" + i, "{\"path\": %s}".formatted(file));
            assertEquals(first, of(6, "b-" + i, "{\"document\": %s, \"note\": \"%d\"}".formatted(file, i)));
            assertEquals(first, of(6, "c-" + i, "{\"path\": [%s, \"docs/other.md\"]}".formatted(file)));
        }
    }

    @Test
    void a_text_that_is_no_file_of_the_agents_decides_nothing() {
        var shards = IntStream.range(0, 50)
                .mapToObj(i -> of(6, "task-" + i, "{\"note\": \"the same\"}"))
                .distinct()
                .count();
        assertEquals(6, shards);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 7, 100})
    void every_task_is_in_one_shard_and_stays_in_the_queues_order(int shards) {
        var queue = IntStream.range(0, 1000)
                .mapToObj(i -> task("task-" + i, "{\"path\": \"docs/page-%d.md\"}".formatted(i)))
                .toList();
        var split = new Split(task -> AGENT, shards);
        var all = new HashSet<Task>();
        for (int i = 0; i < shards; i++) {
            var mine = split.of(queue, new Shard(i, shards));
            assertEquals(queue.stream().filter(mine::contains).toList(), mine);
            assertTrue(mine.size() > 1000 / shards / 4, "a fair share: " + mine.size());
            mine.forEach(task -> assertTrue(all.add(task), "in two shards: " + task.id()));
        }
        assertEquals(queue.size(), all.size());
    }
}
