package pantheon.night.workspace.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;

/** Two tasks of a night changed the first and the last line of a file, and people a line between. */
final class BranchPickTest {
    private static final String BASE = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

    @TempDir
    private Path folder = Path.of("");

    private Git git = new Git(Path.of(""));
    private String base = "";
    private String first = "";
    private String last = "";

    @BeforeEach
    void two_tasks_of_a_night() {
        git = Git.init(folder);
        git.write("a.txt", BASE).commitAll("base");
        base = head();
        git.run("checkout", "-q", "-b", "night/1");
        first = commit("first\n2\n3\n4\n5\n6\n7\n8\n9\n", "first\n\nNight-Key: of-first");
        last = commit("first\n2\n3\n4\n5\n6\n7\n8\nlast\n", "last\n\nNight-Key: of-last");
        git.run("checkout", "-q", "-b", "ours", base);
        commit("1\n2\n3\n4\nours\n6\n7\n8\n9\n", "ours");
        git.run("checkout", "-q", "main");
    }

    private String commit(String text, String message) {
        git.write("a.txt", text).commitAll(message);
        return head();
    }

    private String head() {
        return git.run("rev-parse", "HEAD").strip();
    }

    private List<Picked> pick(PickJudge judge, String... commits) {
        try (var workspace = Workspace.open(folder)) {
            return workspace
                    .pick(new MergeTarget("ours"), List.of(commits), base, Instant.EPOCH, judge)
                    .picked();
        }
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).replace("\n", "");
    }

    private static String change(TaskFiles.Changes changes) {
        try {
            return text(Objects.requireNonNull(changes.original("a.txt"))) + ">" + text(changes.content("a.txt"));
        } catch (PathRefused e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void each_task_whose_lines_are_in_a_merged_file_is_judged_as_if_it_had_come_last() {
        var asked = new ArrayList<String>();
        var picked = pick(
                (key, part) -> {
                    asked.add(key + " " + change(part.changes()));
                    return Optional.empty();
                },
                first,
                last);
        assertEquals(
                List.of(
                        "of-first 1234ours6789>first234ours6789",
                        "of-last first234ours6789>first234ours678last",
                        "of-first 1234ours678last>first234ours678last"),
                asked);
        assertTrue(picked.stream().allMatch(Picked.Taken.class::isInstance), picked.toString());
        assertEquals("first234ours678last", git.run("show", "ours:a.txt").replace("\n", ""));
    }

    @Test
    void what_fails_the_check_of_another_task_is_left_out() {
        var picked = pick(
                (key, part) -> key.equals("of-first") && change(part.changes()).endsWith("last")
                        ? Optional.of("the last line is wrong")
                        : Optional.empty(),
                first,
                last);
        assertInstanceOf(Picked.Taken.class, picked.getFirst());
        assertEquals(new Picked.Refused(last, "the last line is wrong"), picked.getLast());
        assertEquals("first234ours6789", git.run("show", "ours:a.txt").replace("\n", ""));
    }

    @Test
    void what_was_wrong_before_is_not_held_against_who_comes_later() {
        pick(PickJudge.NONE, first);
        var picked = pick((key, part) -> key.equals("of-first") ? Optional.of("never right") : Optional.empty(), last);
        assertInstanceOf(Picked.Taken.class, picked.getFirst());
    }

    @Test
    void a_task_whose_lines_people_changed_again_is_not_asked() {
        pick(PickJudge.NONE, first);
        git.run("checkout", "-q", "ours");
        commit("by hand\n2\n3\n4\nours\n6\n7\n8\n9\n", "by hand");
        git.run("checkout", "-q", "main");
        var picked = pick((key, part) -> key.equals("of-first") ? Optional.of("it is gone") : Optional.empty(), last);
        assertInstanceOf(Picked.Taken.class, picked.getFirst());
        assertEquals("by hand234ours678last", git.run("show", "ours:a.txt").replace("\n", ""));
    }
}
