package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.tool.builtin.BuiltInTools;

/** Whatever is in a queue file, each line is a valid task or a problem that is told. */
final class QueueReaderFuzzTest {
    @TempDir
    private Path folder;

    private static final Agent WRITER =
            new AgentAssembly(BuiltInTools.all()).assemble(Json.parse("""
            {"name": "writer", "version": "1", "model": "m",
             "input": {"type": "object", "properties": {"path": {"type": "string", "maxLength": 9},
                       "n": {"type": "integer", "minimum": 2}}, "required": ["path"], "additionalProperties": false},
             "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                        "required": ["status"], "additionalProperties": false},
             "tools": [{"name": "read_file", "bind": {"path": {"input": "path"}}}],
             "limits": {"steps": 2, "failures": 2, "toolErrors": 2, "identicalCalls": 2, "stepTokens": 100,
                        "taskTokens": 1000, "keptResults": 2, "toolTime": "1s", "taskTime": "60s"},
             "prompt": {"role": "You write a line."},
             "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}
            """), ChatFormats.QWEN);

    @FuzzTest(maxDuration = "")
    void each_line_is_a_task_or_a_problem(byte[] content) throws IOException {
        var file = folder.resolve("queue.jsonl");
        Files.write(file, content);
        var reader = new QueueReader(Map.of("writer", WRITER));
        var tasks = new ArrayList<Task>();
        try {
            reader.read(file, tasks::add);
        } catch (NightException e) {
            assertTrue(Objects.requireNonNull(e.getMessage()).contains(file.toString()));
            return;
        }
        var ids = new HashSet<String>();
        for (var task : tasks) {
            assertTrue(ids.add(task.id()), "an id is unique");
            assertTrue(WRITER.input().check(task.input()).isEmpty());
        }
        int problems = reader.problems().size();
        assertTrue(problems <= 1001);
        assertEquals(reader.lines() > tasks.size(), problems > 0, "a line is a task, or it has a problem");
    }
}
