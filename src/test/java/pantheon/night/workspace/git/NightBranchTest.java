package pantheon.night.workspace.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.Commits;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.NightOnRepository;
import pantheon.night.workspace.files.PathRefused;

/** The refs that a night does not write. */
class NightBranchTest {
    private static final String BRANCH = Commits.BRANCH.name();

    @TempDir
    Path directory;

    private NightOnRepository night;
    private Git git;

    @BeforeEach
    void open() {
        night = new NightOnRepository(directory);
        git = night.git;
    }

    @AfterEach
    void check_and_close() {
        night.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "night",
                "night/",
                "nightly/x",
                "night/..",
                "night/../main",
                "night/a..b",
                "night/x.lock",
                "night/a b",
                "night/a\nb",
                "refs/heads/night/x",
                "/night/x",
                "night/@{x",
                "night/.x"
            })
    void a_branch_outside_of_the_nights_is_refused(String name) {
        assertEquals(
                ExitCode.CONFIG,
                assertThrows(NightException.class, () -> new NightBranch(name)).exitCode());
        assertEquals("night/2026-11-23/é", NightBranch.of("2026-11-23/é").name());
    }

    private void cannotCommit(String says) throws PathRefused {
        NightException refused =
                assertThrows(NightException.class, () -> night.commit("refused", "refused.md", "refused\n"));
        night.scratch.reset();
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        assertTrue(refused.toString().contains(says), refused.toString());
    }

    @Test
    void a_branch_that_somebody_has_checked_out_is_not_moved() throws Exception {
        night.commit("task-1", "b.md", "B\n");
        git.run("checkout", "-q", BRANCH);
        cannotCommit("checked out");
        git.run("checkout", "-q", "main");
        git.run("worktree", "add", "-q", directory.resolve("linked").toString(), BRANCH);
        cannotCommit("checked out");
        git.run("worktree", "remove", directory.resolve("linked").toString());
        Commits.id(night.commit("task-2", "a.md", "A\n"));
    }

    @Test
    void a_symbolic_ref_is_not_written_through() throws Exception {
        git.run("symbolic-ref", "refs/heads/" + BRANCH, "refs/heads/main");
        cannotCommit("symbolic ref to refs/heads/main");
        assertEquals(night.workspace.baseCommit(), git.run("rev-parse", "main").strip());
        git.run("symbolic-ref", "--delete", "refs/heads/" + BRANCH);
        Commits.id(night.commit("task-2", "a.md", "A\n"));
    }

    @Test
    void a_branch_in_the_way_of_the_name_is_told() throws Exception {
        git.run("branch", "night");
        cannotCommit("refs/heads/night");
        git.run("branch", "-m", "night", "evening");
        Commits.id(night.commit("task-2", "a.md", "A\n"));
    }

    @Test
    void a_lock_that_stays_is_told_and_one_that_goes_is_waited_for() throws Exception {
        night.commit("task-1", "b.md", "B\n");
        Path lock = git.directory().resolve(".git/refs/heads/" + BRANCH + ".lock");
        Files.createFile(lock);
        cannotCommit(lock.toString());
        Thread release = Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(300);
                Files.delete(lock);
            } catch (InterruptedException | IOException e) {
                throw new AssertionError(e);
            }
        });
        Commits.id(night.commit("task-2", "a.md", "A\n"));
        release.join();
    }
}
