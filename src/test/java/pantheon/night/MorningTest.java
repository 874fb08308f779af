package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import pantheon.night.contract.Json;
import pantheon.night.past.History;

/** What list, show and diff say of recorded nights, which all tests share and none changes. */
@Isolated("takes the standard streams")
final class MorningTest {
    private static final String LAST = "20261129-213428";

    @TempDir
    private static Path folder = Path.of("");

    private static GoldenNights nights = new GoldenNights(Path.of(""), Path.of(""));

    @BeforeAll
    static void lay_the_nights_out() throws IOException {
        nights = GoldenNights.layOut("nights", folder);
    }

    private static SaidCommand say(String... words) {
        return SaidCommand.of(nights, words);
    }

    private static String good(String... words) {
        return SaidCommand.good(nights, words);
    }

    @Test
    void the_last_night_is_listed_a_task_a_line() {
        var text = good("list");
        assertTrue(
                text.contains("accepted       migrating  docops.by-command@1  guides/migrating.md  8e22a7286893"),
                text);
        assertTrue(text.contains("mapped_status: status is \"archived\"; expected \"draft\""), text);
        assertTrue(text.endsWith("4 tasks of night %s\n".formatted(LAST)), text);
        assertEquals(text, good("list", "20261129-21342"), "a night may be named by its beginning");
    }

    @Test
    void a_task_of_the_newest_night_by_its_whole_id_needs_no_other_journal() throws IOException {
        var first = History.journals(nights.place().resolve("log")).getFirst();
        var sound = Files.readString(first);
        Files.writeString(first, "no journal, but a \"migrating\" task\n");
        try {
            assertEquals("", say("diff", "migrating").err());
            assertTrue(say("diff", "migrat").err().contains("not looked at: " + first), "by its beginning it does");
        } finally {
            Files.writeString(first, sound);
        }
    }

    @Test
    void tasks_are_chosen_by_outcome_agent_and_night() throws IOException {
        var chosen = good("list", "--all", "--outcome", "not_accepted", "--agent", "docops.by-command", "--json");
        assertFalse(chosen.isEmpty());
        for (var line : chosen.lines().toList()) {
            ResultSchema.valid("list", line);
            var json = Json.parse(line);
            assertEquals("not_accepted", json.get("outcome").stringValue());
            assertEquals("docops.by-command@1", json.get("agent").stringValue());
        }
        assertTrue(good("list", "--all").lines().count() > good("list").lines().count());
    }

    @Test
    void a_task_is_shown_with_what_it_did_and_why_it_ended() throws IOException {
        var text = good("show", "win");
        for (var part : List.of(
                "task       windows",
                "outcome    not_accepted",
                "calls    read_front_matter {\"path\": \"docs/windows-line-ends.md\"",
                "gets     {\"changed\": true}",
                "check mapped_status FAILED: status is \"archived\"; expected \"draft\"",
                "check only_changes passed",
                "-status: Draft",
                "artifacts  ")) {
            assertTrue(text.contains(part), part + " in " + text);
        }
        ResultSchema.valid("show", good("show", "windows", "--json"));
        assertTrue(good("show", "tuning").contains("earlier    attempts in 20261129-213256; see them with --run"));
        assertTrue(good("show", "windows", "--prompt").contains("docs/windows-line-ends.md"));
    }

    @Test
    void a_diff_is_that_of_the_commit_or_what_was_not_committed() throws IOException {
        var committed = good("diff", "migrating");
        assertTrue(committed.startsWith("diff --git a/guides/migrating.md b/guides/migrating.md\n"), committed);
        assertFalse(committed.contains("\u001b"), "there is no colour in a pipe");
        assertTrue(good("diff", "windows").contains("\n-status: Draft\n"));
        ResultSchema.valid("diff", good("diff", "windows", "--json"));
        var none = say("diff", "contacts");
        assertEquals(65, none.status());
        assertTrue(none.err().contains("left no change, so it has no diff"), none.err());
    }

    @Test
    void a_name_of_nothing_and_one_of_several_are_told() {
        var several = say("show", "install");
        assertEquals(0, several.status(), "a whole id is no beginning: " + several.err());
        var beginning = say("show", "inst");
        assertEquals(64, beginning.status());
        assertTrue(beginning.err().contains("could be install, install-again, install-by-command"), beginning.err());
        var unknown = say("diff", "no-such-task");
        assertEquals(64, unknown.status());
        assertTrue(unknown.err().contains("there is no task \"no-such-task\""), unknown.err());
        assertEquals(64, say("list", "1999").status());
        assertEquals(64, say("list", "--outcome", "lovely").status());
        assertEquals(64, say("list", "--all", LAST).status());
    }

    @Test
    void a_broken_night_is_left_out_of_all_and_nothing_is_written(@TempDir Path elsewhere) throws IOException {
        var before = nights;
        try {
            nights = GoldenNights.layOut("nights", elsewhere);
            var journal = nights.place().resolve("log/%s.jsonl".formatted(LAST));
            Files.writeString(journal, Files.readString(journal).replaceFirst("docops", "d0cops"));
            var all = say("list", "--all");
            assertEquals(0, all.status(), all.err());
            assertTrue(all.err().contains("this night is left out: "), all.err());
            assertEquals(65, say("list").status());
            assertEquals(0, say("show", "install").status());
        } finally {
            nights = before;
        }
    }
}
