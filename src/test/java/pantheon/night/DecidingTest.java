package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import pantheon.night.contract.Json;

/** What people decide of recorded nights, and what follows from it. */
@Isolated("takes the standard streams")
final class DecidingTest {
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
    void what_was_decided_waits_no_longer_and_says_by_whom() throws IOException {
        assertEquals("migrating: accepted\nmonorepo: accepted\n", good("accept", "migr", "mono"));
        good("reject", "release", "--reason", "The date is \u001b[2J wrong.");
        var left = good("list", "--undecided", "--json").lines().toList();
        assertEquals(
                List.of("windows"),
                left.stream()
                        .map(line -> Json.parse(line).get("task").stringValue())
                        .toList());
        ResultSchema.valid("list", good("reject", "windows", "--reason", "no", "--json"));
        var shown = good("show", "release");
        assertTrue(
                shown.contains("decision   rejected by %s: The date is ␛[2J wrong."
                        .formatted(System.getProperty("user.name"))),
                shown);
        assertTrue(good("verify", "20261129-213428").contains("decisions:  4, 0 of them signed"));
    }

    @Test
    void the_last_word_counts_and_later_takes_it_back() {
        good("accept", "release");
        good("later", "release");
        assertTrue(good("list", "--undecided").contains("release"));
        good("reject", "release", "--reason", "no");
        assertFalse(good("list", "--undecided").contains("release"));
    }

    @Test
    void what_has_no_commit_cannot_be_accepted_and_then_nothing_is() {
        var said = say("accept", "migrating", "windows", "tuning");
        assertEquals(65, said.status());
        assertEquals(
                "task windows has no commit (not_accepted), so there is nothing to accept. Do it again with pantheon-night requeue, or take its diff.patch by hand. Nothing was decided.\n",
                said.err());
        assertTrue(good("list", "--undecided").contains("migrating"), "nor was what could be");
        var unchanged = say("accept", "install-again");
        assertTrue(unchanged.err().contains("has no commit (nothing had to change)"), unchanged.err());
        assertEquals(64, say("reject", "migrating").status(), "a rejection has a reason");
        assertEquals(
                64, say("reject", "migrating", "--reason", "x".repeat(2001)).status());
        assertEquals(64, say("reject", "migrating", "--reason", "  ").status());
    }

    private String walk(String lines, String... words) {
        var in = System.in;
        System.setIn(new ByteArrayInputStream(lines.getBytes(UTF_8)));
        try {
            return good(words);
        } finally {
            System.setIn(in);
        }
    }

    @Test
    void a_walk_shows_what_waits_and_does_what_each_line_says() {
        var said = walk("a\nx\na\nr\nr The status is wrong.\nl\nd\n", "review");
        assertTrue(said.startsWith("4 tasks to look at\n\n1 of 4\ntask       migrating\n"), said);
        assertTrue(said.contains("migrating: accepted\n"), said);
        assertTrue(said.contains("\"x\" is none of these.\n"), said);
        assertTrue(said.contains("check mapped_status FAILED"), said);
        assertTrue(said.contains("windows: rejected\n"), said);
        assertTrue(said.contains("monorepo: left for later\n"), said);
        assertTrue(said.contains("release  queued as release-again-2"), said);
        assertTrue(walk("q\n", "review").startsWith("1 task to look at\n"), "what was left for later waits");
        assertTrue(walk("", "review").startsWith("1 task to look at\n"), "the end of the lines is the end");
    }

    @Test
    void what_was_rejected_is_not_learned_from() throws IOException {
        var before = folder.resolve("before");
        var after = folder.resolve("after");
        good("mine", "--to", before.toString());
        assertTrue(good("list", "--all", "--outcome", "accepted").contains("ghost"));
        good("reject", "ghost", "--reason", "The title lost its accent.");
        good("mine", "--to", after.toString());
        assertFalse(failed(before).contains("rejected_by_reviewer"));
        assertTrue(failed(after).contains(": The title lost its accent."), failed(after));
        assertEquals(kept(before) - 1, kept(after));
    }

    private static String failed(Path mined) throws IOException {
        return Files.readString(mined.resolve("failed.jsonl"));
    }

    private static int kept(Path mined) throws IOException {
        return Json.parse(Files.readString(mined.resolve("manifest.json")))
                .get("kept")
                .intValue();
    }
}
