package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.queue.Task;

/** A night one of whose models cannot be used. */
final class UnusableModelTest {
    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void layOut() throws IOException {
        night = SmallNight.layOut(folder, 4);
        night.otherAgents.put("other", new AgentAssembly(night.tools).assemble(Json.parse("""
                {"name": "other", "version": "1", "model": "gone", "input": {"type": "object"},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [], "prompt": {"role": "You decline."}, "checks": [{"use": "changed"}]}
                """), ChatFormats.QWEN));
        night.unusable = Map.of("gone", "its folder is not there.");
    }

    private List<Task> queue() {
        var queue = new ArrayList<>(SmallNight.tasks(4));
        queue.addFirst(new Task("first", "other", Json.object(), 9, List.of()));
        queue.add(2, new Task("between", "other", Json.object(), 0, List.of()));
        return queue;
    }

    private void doesWithoutIt() {
        assertEquals(4, night.run(queue(), SmallNight.rule()).size());
        var result = Objects.requireNonNull(night.result);
        assertEquals(List.of("first", "between"), result.carryOver());
        assertEquals(
                List.of("Model gone cannot be used, so the tasks of its agents wait: its folder is not there."),
                result.early());
    }

    @Test
    void does_the_tasks_of_the_others_and_leaves_its_own() {
        doesWithoutIt();
        assertEquals(List.of(), night.run(queue(), SmallNight.rule()), "they still wait");
    }

    @Test
    void does_so_beside_one_another_too() {
        night.slots = 2;
        doesWithoutIt();
    }
}
