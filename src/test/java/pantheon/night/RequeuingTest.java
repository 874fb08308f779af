package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import pantheon.night.contract.Json;
import pantheon.night.workspace.Git;

/** How tasks of recorded nights are queued again. */
@Isolated("takes the standard streams")
final class RequeuingTest {
    @TempDir
    private Path folder = Path.of("");

    private GoldenNights nights = new GoldenNights(Path.of(""), Path.of(""));

    @BeforeEach
    void lay_the_nights_out() throws IOException {
        nights = GoldenNights.layOut("nights", folder);
    }

    private SaidCommand say(String... words) {
        return SaidCommand.of(nights, words);
    }

    private String good(String... words) {
        return SaidCommand.good(nights, words);
    }

    @Test
    void a_task_is_queued_again_under_a_new_id_with_its_input() throws IOException {
        var to = folder.resolve("again.jsonl");
        var said = good("requeue", "windows", "--priority", "7", "--to", to.toString());
        assertEquals("windows  queued as windows-again-2 in %s\n1 task queued again\n".formatted(to), said);
        assertEquals(Json.parse("""
                        {"id": "windows-again-2", "agent": "docops.by-command",
                         "input": {"path": "docs/windows-line-ends.md"}, "priority": 7}
                        """), Json.parse(Files.readString(to)));
        assertFalse(good("list", "--undecided").contains("windows"), "it waits for nobody any more");
        ResultSchema.valid("requeue", good("requeue", "release", "--to", to.toString(), "--json"));
        assertTrue(good("show", "windows").contains("decision   queued again by "));
        var twice = say("requeue", "windows");
        assertEquals(65, twice.status());
        assertTrue(twice.err().contains("was queued again already, as windows-again-2"), twice.err());
    }

    @Test
    void those_that_were_not_accepted_or_rejected_are_chosen_and_each_once() {
        good("reject", "release", "--reason", "no");
        var said = good("requeue", "--not-accepted");
        assertTrue(said.contains("windows  queued as windows-again-2"), said);
        assertTrue(said.contains("release  queued as release-again-2"), said);
        assertTrue(said.endsWith("2 tasks queued again\n"), said);
        assertEquals(0, say("validate").status(), "the queue is as it should be");
        assertEquals("0 tasks queued again\n", good("requeue", "--not-accepted"));
        var others = good("requeue", "--agent", "docops.by-command");
        assertTrue(others.contains("migrating") && others.contains("monorepo"), others);
        assertTrue(others.endsWith("2 tasks queued again\n"), others);
    }

    @Test
    void what_has_not_ended_is_told_and_then_nothing_is_added() throws IOException {
        var to = folder.resolve("again.jsonl");
        var said = say("requeue", "ci", "tuning", "--run", "20261129-213256", "--to", to.toString());
        assertEquals(65, said.status());
        assertTrue(said.err().contains("task tuning has not ended (unfinished)"), said.err());
        assertFalse(Files.exists(to));
        assertEquals(64, say("requeue").status());
        assertEquals(64, say("requeue", "windows", "--not-accepted").status());
    }

    @Test
    void those_that_changed_since_their_last_attempt_are_chosen_from_all_nights_and_each_once() throws IOException {
        var git = new Git(nights.place().resolve("workspace"));
        assertEquals("0 tasks queued again\n", good("requeue", "--changed"));
        git.run("config", "user.name", "A person");
        git.run("config", "user.email", "person@localhost");
        git.write("docs/windows-line-ends.md", "---\ntitle: Line ends\n---\n").commitAll("change");
        var said = good("requeue", "--changed");
        assertEquals(
                "windows  queued as windows-again-2 in %s\n1 task queued again\n"
                        .formatted(nights.place().resolve("queue/docops.by-command.jsonl")),
                said);
        assertEquals("0 tasks queued again\n", good("requeue", "--changed"), "it waits");
    }

    @Test
    void another_version_of_an_agent_has_all_its_tasks_queued_again() throws IOException {
        var file = nights.place().resolve("agents/docops.by-command.yaml");
        Files.writeString(file, Files.readString(file).replace("version: \"1\"", "version: \"2\""));
        var said = good("requeue", "--changed", "--agent", "docops.by-command", "--not-accepted");
        assertTrue(said.contains("windows  queued as windows-again-2"), said);
        assertFalse(said.contains("migrating"), said);
        var all = good("requeue", "--changed");
        assertTrue(all.contains("migrating  queued as migrating-again-2"), all);
        assertFalse(all.contains("windows"), all);
    }

    @Test
    void the_next_attempt_is_told_why_the_last_one_was_rejected() throws IOException {
        good("reject", "windows", "migrating", "--reason", "Say \"draft\".");
        good("requeue", "windows", "migrating", "release");
        var lines = Files.readAllLines(nights.place().resolve("queue/docops.by-command.jsonl"));
        for (var id : List.of("windows-again-2", "migrating-again-2")) {
            var line =
                    lines.stream().filter(one -> one.contains(id)).findFirst().orElseThrow();
            assertEquals("Say \"draft\".", Json.parse(line).get("rejected").stringValue());
        }
        var front = Files.readString(nights.place().resolve("queue/docops.front-matter.jsonl"));
        assertFalse(front.contains("rejected"), front);
        assertEquals(0, say("validate").status(), "the queue is as it should be");
    }
}
