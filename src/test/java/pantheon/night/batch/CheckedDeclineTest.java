package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.contract.Json;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.queue.Task;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.NewWorkspace;

/** Nights of an agent that declines all of its tasks; each is replayed, too. */
final class CheckedDeclineTest {
    @TempDir
    private Path folder;

    private String ending(String text, String reason) throws IOException {
        var workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.writeString(workspace.resolve("file-0.txt"), text);
        NewWorkspace.create(workspace, SmallNight.AUTHOR, "The file");
        var night = SmallNight.in(folder);
        night.otherAgents.put(
                "declining", new AgentAssembly(BuiltInTools.all()).assemble(Json.parse("""
                {"name": "declining", "version": "1", "model": "rule",
                 "input": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]},
                            "reason": {"enum": ["no_title", "unreadable", "tired"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "read_front_matter", "bind": {"path": {"input": "path"}}}],
                 "prompt": {"role": "You decline."},
                 "checks": [{"use": "body_kept"}],
                 "declines": {"no_title": [{"use": "title_missing"}],
                              "unreadable": [{"use": "unreadable", "with": {"keys": ["title"]}}]}}"""), ChatFormats.QWEN));
        var input = Json.object().put("path", "file-0.txt");
        night.run(
                List.of(new Task("task", "declining", input, 0, List.of())),
                SmallNight.engine(prompt ->
                        SmallNight.call("final", "{\"status\": \"fail\", \"reason\": \"%s\"}".formatted(reason))));
        return ending(night);
    }

    private static String ending(SmallNight night) {
        var told = new StringBuilder();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof CheckFinished check) {
                told.append(check.check()).append(check.passed() ? " passed, " : " failed, ");
            }
            if (entry.event() instanceof TaskFinished end) {
                told.append(end.reason().code())
                        .append(" (")
                        .append(end.ending().message())
                        .append(")");
            }
        });
        return told.toString();
    }

    @Test
    void a_decline_for_a_reason_that_holds_stands() throws IOException {
        assertEquals("title_missing passed, declined (no_title)", ending("Text.\n", "no_title"));
    }

    @Test
    void a_decline_for_a_reason_that_does_not_hold_is_not_accepted() throws IOException {
        assertEquals(
                "title_missing failed, not_accepted (title_missing: it declined with \"no_title\", but the document has the title heading \"A\")",
                ending("# A\n", "no_title"));
    }

    @Test
    void a_document_that_can_be_read_is_not_declined_as_unreadable() throws IOException {
        assertEquals(
                "unreadable failed, not_accepted (unreadable: it declined with \"unreadable\", but the document can be read: it has the keys \"title\")",
                ending("---\ntitle: A\n---\n", "unreadable"));
    }

    @Test
    void a_document_with_a_doubt_is_declined_as_unreadable() throws IOException {
        assertEquals("unreadable passed, declined (unreadable)", ending("---\nTitle: A\n---\n", "unreadable"));
    }

    @Test
    void a_reason_without_checks_is_taken_at_its_word() throws IOException {
        assertEquals("declined (tired)", ending("# A\n", "tired"));
    }
}
