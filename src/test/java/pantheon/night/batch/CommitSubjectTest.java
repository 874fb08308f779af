package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.journal.Journal;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.queue.Task;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.git.NightBranch;

/** The first line of a task's commit. */
final class CommitSubjectTest {
    @TempDir
    private Path folder;

    @Test
    void names_the_file_where_one_has_changed() throws IOException {
        var night = SmallNight.layOut(folder, 1);
        assertEquals(List.of("task-0 accepted"), night.run(SmallNight.tasks(1), SmallNight.rule()));
        assertEquals("writer: file-0.txt\n", subject(night));
    }

    @Test
    void names_the_task_where_several_have() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.otherAgents.put(
                "both", new AgentAssembly(BuiltInTools.all()).assemble(Json.parse("""
                        {"name": "both", "version": "1", "model": "rule",
                         "input": {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
                                   "required": ["a", "b"]},
                         "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                                    "required": ["status"]},
                         "tools": [{"name": "write_file"}],
                         "prompt": {"role": "You write two files."},
                         "checks": [{"use": "only_changes", "with": {"fields": ["a", "b"]}}]}
                        """), ChatFormats.QWEN));
        var input = Json.object().put("a", "file-0.txt").put("b", "file-1.txt");
        var write = "{\"path\": \"file-%d.txt\", \"text\": \"done\\n\"}";
        var engine = SmallNight.engine(prompt -> prompt.contains("<tool_response>")
                ? SmallNight.call("final", "{\"status\": \"done\"}")
                : SmallNight.call("write_file", write.formatted(0))
                        + "\n"
                        + SmallNight.call("write_file", write.formatted(1)));
        assertEquals(
                List.of("task-7 accepted"),
                night.run(List.of(new Task("task-7", "both", input, 0, List.of())), engine));
        assertEquals("both: task-7\n", subject(night));
    }

    private String subject(SmallNight night) throws IOException {
        return new Git(folder.resolve("workspace"))
                .run(
                        "log",
                        "-1",
                        "--format=%s",
                        NightBranch.of(Journal.run(night.journal())).name());
    }
}
