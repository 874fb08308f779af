package pantheon.night.workspace.branch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.WriteSteps;

/** A branch that one process on any machine may move. */
final class OwnBranchTest {
    private static final NightBranch BRANCH = NightBranch.of("20261130-220000-s3");
    private static final PersonIdent WHO = new PersonIdent("night", "night@localhost", Instant.EPOCH, ZoneOffset.UTC);

    @TempDir
    private Path folder = Path.of("");

    private Git git;
    private ObjectId one = ObjectId.zeroId();
    private ObjectId two = ObjectId.zeroId();

    @BeforeEach
    void lay_out() throws GitAPIException {
        git = Git.init().setDirectory(folder.toFile()).call();
        one = commit("one");
        two = commit("two");
    }

    private ObjectId commit(String message) throws GitAPIException {
        return git.commit()
                .setMessage(message)
                .setAllowEmpty(true)
                .setSign(false)
                .setAuthor(WHO)
                .setCommitter(WHO)
                .call();
    }

    @AfterEach
    void close() {
        git.close();
    }

    private OwnBranch taken(long owner, WriteSteps steps) throws IOException {
        return OwnBranch.take(git.getRepository(), BRANCH, owner, steps);
    }

    private OwnBranch taken(long owner) throws IOException {
        return taken(owner, WriteSteps.all());
    }

    private ObjectId end() throws IOException {
        var ref = git.getRepository().exactRef(BRANCH.refName());
        return ref == null ? ObjectId.zeroId() : Objects.requireNonNull(ref.getObjectId());
    }

    private Path file(String behind) {
        return folder.resolve(".git").resolve(BRANCH.refName() + behind);
    }

    @Test
    void it_is_moved_from_where_it_is_and_from_nowhere_else() throws IOException, GitAPIException {
        var branch = taken(1);
        assertFalse(branch.move(one, two, WHO), "it is not there");
        assertTrue(branch.move(ObjectId.zeroId(), one, WHO));
        assertEquals(one, end());
        assertFalse(branch.move(ObjectId.zeroId(), two, WHO), "it is there");
        assertTrue(branch.move(one, two, WHO));
        assertEquals(two, end());
        var log = git.reflog().setRef(BRANCH.refName()).call();
        assertEquals(2, log.size());
        assertEquals(two, log.iterator().next().getNewId());
        assertTrue(Files.notExists(file(".lock")));
        branch.close();
        assertTrue(Files.notExists(folder.resolve(".git/pantheon-night/20261130-220000-s3")));
    }

    @Test
    void another_programs_lock_is_left_alone() throws IOException {
        var branch = taken(1);
        assertTrue(branch.move(ObjectId.zeroId(), one, WHO));
        Files.createFile(file(".lock"));
        assertFalse(branch.move(one, two, WHO));
        assertTrue(Files.exists(file(".lock")));
        assertEquals(one, end());
    }

    /** As where it is stopped behind its last look, and its successor makes no commit: the branch is where it was. */
    @Test
    void who_was_stopped_before_the_very_step_moves_nothing_once_it_is_overtaken() throws IOException {
        var late = taken(1, (step, file) -> {
            assertEquals(WriteSteps.Step.MOVE_BRANCH, step);
            assertTrue(Files.exists(file(".lock")), "it has the lock");
            taken(2);
        });
        var refused = assertThrows(NightException.class, () -> late.move(ObjectId.zeroId(), one, WHO));
        assertEquals(ExitCode.WORK_LEFT, refused.exitCode());
        assertEquals(ObjectId.zeroId(), end());
        assertTrue(Files.notExists(file(".lock")), "its lock is its own to remove");
    }

    @Test
    void who_wakes_up_has_nothing_to_move_and_locks_nobody_out() throws IOException {
        var late = taken(1);
        var owner = taken(2);
        assertThrows(NightException.class, () -> late.move(ObjectId.zeroId(), one, WHO));
        assertTrue(owner.move(ObjectId.zeroId(), two, WHO));
        assertEquals(two, end());
        assertThrows(NightException.class, () -> late.move(two, one, WHO));
        assertEquals(two, end());
    }

    @Test
    void a_lock_that_is_anothers_by_now_stays() throws IOException {
        var late = taken(1, (step, file) -> {
            taken(2);
            Files.writeString(file(".lock"), "owner 2\n");
        });
        assertThrows(NightException.class, () -> late.move(ObjectId.zeroId(), one, WHO));
        assertEquals("owner 2\n", Files.readString(file(".lock")));
    }

    @Test
    void a_packed_branch_is_moved_too() throws IOException, GitAPIException {
        var branch = taken(1);
        assertTrue(branch.move(ObjectId.zeroId(), one, WHO));
        git.packRefs().setAll(true).call();
        assertTrue(Files.notExists(file("")), "it is packed");
        assertTrue(branch.move(one, two, WHO));
        assertEquals(two, end());
    }
}
