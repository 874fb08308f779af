package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import pantheon.night.contract.Json;

/** How accepted work of a recorded night comes onto a branch. */
@Isolated("takes the standard streams")
final class MergingTest {
    private static final String NIGHT = "20261129-213428";
    private static final String MIGRATING = "8e22a7286893";

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

    private Path workspace() {
        return nights.place().resolve("workspace");
    }

    private String git(String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                "git", "-C", workspace().toString(), "-c", "user.name=ann", "-c", "user.email=ann@example.org"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            assertEquals(0, process.waitFor(), said);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return said.strip();
    }

    /** Makes a branch with a commit of its own, beside what is checked out. */
    private void branch(String name, String path, String text) throws IOException {
        git("worktree", "add", "-q", "-b", name, folder.resolve(name).toString(), "night/" + NIGHT + "~3");
        Files.writeString(folder.resolve(name).resolve(path), text);
        var all = new ProcessBuilder(
                "sh",
                "-c",
                "cd '%s' && git add -A && git -c user.name=ann -c user.email=ann@example.org commit -qm ours"
                        .formatted(folder.resolve(name)));
        try {
            assertEquals(0, all.inheritIO().start().waitFor());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        git("worktree", "remove", "--force", folder.resolve(name).toString());
    }

    @Test
    void accepted_work_comes_onto_a_new_branch_and_the_rest_stays_out() throws IOException {
        var before = git("rev-parse", "HEAD") + git("status", "--porcelain");
        good("accept", "migrating", "release");
        good("reject", "monorepo", "--reason", "no");
        var said = good("merge", "--onto", "morning");
        assertTrue(
                said.contains(
                        "2 tasks merged onto morning, 0 there already, 0 in conflict, 0 failed their checks; 0 undecided, 1 rejected"),
                said);
        assertTrue(
                said.contains("merged    migrating as " + MIGRATING),
                "what follows the end stays the same commit: " + said);
        assertEquals("2", git("rev-list", "--count", "night/%s~3..morning".formatted(NIGHT)));
        assertEquals(before, git("rev-parse", "HEAD") + git("status", "--porcelain"), "nothing of the user's moved");
        git("fsck", "--strict");
        var end = git("rev-parse", "morning");
        assertTrue(good("merge", "--onto", "morning").contains("0 tasks merged onto morning, 2 there already"));
        assertEquals(end, git("rev-parse", "morning"));
    }

    @Test
    void the_report_tells_what_no_branch_has_until_one_has_it() throws IOException {
        var next = "pantheon-night %s " + NIGHT;
        assertTrue(
                reported().contains(next.formatted("review") + " # 3 commits, none accepted by a person"), reported());
        good("accept", "migrating");
        good("reject", "monorepo", "--reason", "no");
        assertTrue(
                reported().contains(next.formatted("merge") + " --onto BRANCH # 2 commits, 1 accepted by a person"),
                reported());
        branch("ours", "NEW.md", "ours\n");
        good("merge", "--onto", "ours");
        assertTrue(
                reported().contains(next.formatted("review") + " # 1 commit, none accepted by a person"), reported());
        good("merge", "--onto", "morning", "--all");
        assertFalse(reported().contains(NIGHT + " #"), reported());
        assertFalse(reported().contains(next.formatted("merge")), reported());
    }

    private String reported() throws IOException {
        var to = folder.resolve("reported");
        good("report", NIGHT, "--to", to.toString());
        return Files.readString(to.resolve("report.md"));
    }

    @Test
    void a_branch_that_moved_on_gets_copies_that_name_their_tasks() throws IOException {
        branch("ours", "NEW.md", "ours\n");
        var said = good("merge", "--onto", "ours", "--all", "--json");
        ResultSchema.valid("merge", said);
        var json = Json.parse(said);
        assertEquals(3, json.get("tasks").size());
        assertFalse(json.get("new").booleanValue());
        assertEquals(
                "release\nmonorepo\nmigrating",
                git("log", "-3", "--format=%(trailers:key=Night-Task,valueonly,separator=)", "ours"));
        assertEquals("ours", git("show", "ours:NEW.md"));
        assertEquals(
                git("diff", "night/" + NIGHT + "~3", "night/" + NIGHT), git("diff", "ours~3", "ours"), "byte for byte");
    }

    @Test
    void a_conflict_is_told_by_its_task_and_left_out() throws IOException {
        branch("ours", "guides/migrating.md", "something else\n");
        var said = say("merge", "--onto", "ours", "--all");
        assertEquals(75, said.status(), said.err());
        assertTrue(
                said.out().contains("CONFLICT  migrating in guides/migrating.md; its commit is " + MIGRATING),
                said.out());
        assertTrue(said.out().contains("2 tasks merged onto ours, 0 there already, 1 in conflict"), said.out());
        assertEquals("something else", git("show", "ours:guides/migrating.md"));
    }

    /** Changes a file that a task of the night changed too, in other lines. */
    private void branchWith(String name, String line, String by) throws IOException {
        var text = git("show", "night/" + NIGHT + "~3:releases/1.0.0.md") + "\n";
        assertTrue(text.contains(line), text);
        branch(name, "releases/1.0.0.md", text.replace(line, by));
    }

    @Test
    void lines_that_are_merged_with_those_of_people_are_checked_again() throws IOException {
        branchWith("sound", "# Lanternfish 1.0.0 released\n", "# Lanternfish 1.0.0 released\n\nAt last.\n");
        assertTrue(good("merge", "--onto", "sound", "--all")
                .contains("3 tasks merged onto sound, 0 there already, 0 in conflict, 0 failed their checks"));
        var merged = git("show", "sound:releases/1.0.0.md");
        assertTrue(merged.contains("status: published") && merged.contains("At last."), merged);
        branchWith("broken", "date: 2025-05-01\n", "slug: by-hand\ndate: 2025-05-01\n");
        var said = say("merge", "--onto", "broken", "--all");
        assertEquals(75, said.status(), said.err());
        assertTrue(
                said.out()
                        .contains(
                                "FAILED    release, merged with what the branch has: of task release (docops.front-matter@"),
                said.out());
        assertTrue(
                said.out()
                        .contains("2 tasks merged onto broken, 0 there already, 0 in conflict, 1 failed their checks"),
                said.out());
        var json = ResultSchema.valid(
                "merge", say("merge", "--onto", "broken", "--all", "--json").out());
        assertEquals("failed", json.at("/tasks/2/result").stringValue());
        var unchecked = good("merge", "--onto", "broken", "--all", "--unchecked");
        assertTrue(unchecked.contains("1 task merged onto broken"), unchecked);
        assertTrue(unchecked.contains(", its lines unchecked"), unchecked);
        assertEquals("merged lines", git("log", "-1", "--format=%(trailers:key=Night-Unchecked,valueonly)", "broken"));
        assertEquals("release", git("log", "-1", "--format=%(trailers:key=Night-Task,valueonly)", "broken"));
        assertEquals(
                1,
                git("log", "--format=%B", "sound", "broken", "--grep=Night-Unchecked")
                        .lines()
                        .filter(line -> line.startsWith("Night-Unchecked"))
                        .count());
    }

    @Test
    void a_branch_that_somebody_has_checked_out_is_refused_and_in_a_bare_repository_it_is_not() throws IOException {
        var checkedOut = git("symbolic-ref", "--short", "HEAD");
        var end = git("rev-parse", checkedOut);
        var said = say("merge", "--onto", checkedOut, "--all");
        assertEquals(73, said.status());
        assertTrue(said.err().contains("is checked out"), said.err());
        assertEquals(end, git("rev-parse", checkedOut));
        git("worktree", "add", "-q", "-b", "theirs", folder.resolve("theirs").toString());
        assertEquals(73, say("merge", "--onto", "theirs", "--all").status());
        var bare = nights.place().resolve("bare.git");
        git("clone", "-q", "--bare", workspace().toString(), bare.toString());
        var config = nights.place().resolve("pantheon-night.yaml");
        Files.writeString(config, Files.readString(config).replaceFirst("(?m)^workspace:.*", "workspace: bare.git"));
        assertTrue(good("merge", "--onto", checkedOut, "--all").contains("3 tasks merged onto " + checkedOut));
    }

    @Test
    void a_task_that_was_named_must_be_accepted() {
        var undecided = say("merge", "--onto", "morning", "--task", "migrating");
        assertEquals(65, undecided.status());
        assertTrue(undecided.err().contains("is not accepted by anybody yet"), undecided.err());
        good("reject", "migrating", "--reason", "no");
        assertEquals(
                65,
                say("merge", "--onto", "morning", "--all", "--task", "migrating")
                        .status());
        assertEquals(65, say("merge", "--onto", "morning", "--task", "windows").status());
        good("accept", "migrating");
        assertTrue(good("merge", "--onto", "morning", "--task", "migr").contains("1 task merged onto morning"));
        assertEquals(64, say("merge", "--onto", "night/" + NIGHT).status());
        assertEquals(64, say("merge", "--onto", "a..b").status());
        assertEquals(64, say("merge").status());
    }
}
