package pantheon.night.workspace.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;

/** A night made two commits, each with its trailer, on the commit that main is at. */
final class UnmergedCommitsTest {
    @TempDir
    private Path folder = Path.of("");

    private Git git = new Git(Path.of(""));
    private String base = "";
    private String first = "";
    private String last = "";

    @BeforeEach
    void two_tasks_of_a_night() {
        git = Git.init(folder);
        base = commit("base", "base");
        git.run("checkout", "-q", "-b", "night/1");
        first = commit("a", "first\n\nNight-Key: of-first");
        last = commit("b", "last\n\nNight-Key: of-last");
        git.run("checkout", "-q", "main");
    }

    private String commit(String file, String message) {
        git.write(file + ".txt", file + "\n").commitAll(message);
        return git.run("rev-parse", "HEAD").strip();
    }

    private List<String> unmerged() {
        try (var workspace = Workspace.open(folder)) {
            return workspace.unmerged(List.of(first, last), base);
        }
    }

    @Test
    void all_is_unmerged_that_only_branches_of_nights_have() {
        git.run("branch", "night/2", last);
        git.run("update-ref", "refs/remotes/origin/night/1", last);
        git.run("tag", "seen", last);
        assertEquals(List.of(first, last), unmerged());
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads/morning", "refs/heads/a/night/b", "refs/remotes/origin/main"})
    void what_a_branch_leads_to_is_merged(String branch) {
        git.run("update-ref", branch, first);
        assertEquals(List.of(last), unmerged());
    }

    @Test
    void what_was_carried_over_is_known_by_its_trailer() {
        commit("ours", "ours");
        git.run("cherry-pick", last);
        assertEquals(List.of(first), unmerged());
        git.run("merge", "-q", "--no-edit", "night/1");
        assertEquals(List.of(), unmerged());
    }

    @Test
    void what_was_squashed_without_trailers_is_not_known_again() {
        commit("ours", "ours");
        git.run("merge", "-q", "--squash", "night/1");
        git.run("commit", "-q", "-m", "the night's work");
        assertEquals(List.of(first, last), unmerged());
    }
}
