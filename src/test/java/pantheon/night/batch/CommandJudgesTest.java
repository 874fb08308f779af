package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.acceptance.Checks;
import pantheon.night.contract.Json;
import pantheon.night.tool.Tool;
import pantheon.night.tool.command.CommandTools;
import tools.jackson.databind.node.ObjectNode;

/** Nights whose work a command judges that never says the same twice; each is replayed, and the replay agrees. */
final class CommandJudgesTest {
    @TempDir
    private Path folder;

    private static Tool saying(String script) {
        var file = (ObjectNode) Json.parse("""
                {"name": "judge", "description": "Judges.", "run": ["sh", "-c", "%s"],
                 "arguments": {"type": "object", "additionalProperties": false},
                 "result": {"type": "object"}, "exits": [0, 1], "directory": "workspace", "writes": "nothing",
                 "stable": false,
                 "bounds": {"time": "20s", "cpuSeconds": 10, "memoryMegabytes": 512, "processes": 8, "fileMegabytes": 1,
                            "openFiles": 64, "outputKilobytes": 16, "shownCharacters": 1000}}""".formatted(script));
        file.set(
                "result",
                Json.parse("{\"type\": \"object\", \"properties\": {\"exit_code\": {\"type\": \"integer\"}}}"));
        return Objects.requireNonNull(
                CommandTools.of(Map.of("judge", file), List.of(), () -> {}).get("judge"));
    }

    private List<String> night(String script) throws IOException {
        var night = SmallNight.layOut(folder, 2);
        var judge = saying(script);
        night.moreChecks =
                List.of(Checks.named("command", Json.parse("{\"tool\": \"judge\"}"), Map.of("judge", judge)));
        return night.run(SmallNight.tasks(2), SmallNight.rule());
    }

    @Test
    void what_a_command_refuses_is_not_accepted() throws IOException {
        assertEquals(
                List.of("task-0 not_accepted", "task-1 accepted"),
                night("date +%N >&2; test -e file-1.txt && grep -q done file-1.txt"));
    }

    @Test
    void a_command_may_let_all_pass() throws IOException {
        assertEquals(List.of("task-0 accepted", "task-1 accepted"), night("date +%N; grep -q done file-?.txt"));
    }
}
