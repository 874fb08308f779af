package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One night of the installed program through all that a machine can do to it: each test disturbs it in one way, and goes
 * on from where the one before had stopped it. At the end it has come to what one came to that nobody disturbed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DisturbedNightIT {
    private static final int TASKS = 20;

    private SampleNight night = new SampleNight(Path.of(""));
    private SampleNight.Branch undisturbed = new SampleNight.Branch(List.of(), "");

    @BeforeAll
    void run_a_night_that_nobody_disturbs(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws IOException {
        night = SampleNight.layOut(folder.resolve("disturbed"), TASKS);
        var other = night.copy(folder.resolve("undisturbed"));
        assertEquals(0, Program.run(other.folder()).status());
        undisturbed = other.branch();
        assertTrue(undisturbed.commits().size() >= TASKS / 2, undisturbed.toString());
    }

    /** The night ended with this code, and said what is wrong where, and what to do. */
    private void disturb(String script, int status, String... words) {
        var run = night.script(SampleNight.MANY_ATTEMPTS, script);
        assertEquals(status, run.status(), run.err());
        for (var word : words) {
            assertTrue(run.err().contains(word), word + " is not in: " + run.err());
        }
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @AfterEach
    void it_is_one_night_that_ended_no_task_twice() throws IOException {
        night.journal();
        night.ended();
    }

    @Test
    @Order(1)
    void a_full_disk_under_the_journal() {
        disturb(
                "of_its_own log 24; begin; end; back log",
                74,
                ".jsonl cannot be written after line",
                "No space left on device",
                "Free some space");
    }

    @Test
    @Order(2)
    void a_full_disk_under_artifacts_and_scratch_checkouts() {
        disturb(
                "of_its_own state 48; begin; end; back state",
                74,
                "state/artifacts/",
                "No space left on device",
                "free space");
    }

    @Test
    @Order(3)
    void a_full_disk_under_the_repository() {
        disturb(
                "of_its_own workspace/.git 32; begin; end; back workspace/.git",
                73,
                "workspace/.git",
                "No space left on device",
                "Check that this user may write",
                "its disk");
    }

    @Test
    @Order(4)
    void artifacts_on_a_disk_that_becomes_read_only() {
        disturb("""
                of_its_own state/artifacts 65536
                begin
                until_tasks 1
                until mount -o remount,ro state/artifacts 2>/dev/null; do sleep 0.01; done
                end
                mount -o remount,rw state/artifacts
                back state/artifacts
                """, 74, "state/artifacts/", "Read-only file system", "Check the disk");
    }

    @Test
    @Order(5)
    void a_repository_on_a_disk_that_becomes_read_only() {
        disturb("""
                of_its_own workspace/.git 65536
                begin
                until_tasks 1
                until mount -o remount,ro workspace/.git 2>/dev/null; do sleep 0.01; done
                end
                mount -o remount,rw workspace/.git
                back workspace/.git
                """, 73, "workspace/.git", "Read-only file system", "Check that this user may write");
    }

    @Test
    @Order(6)
    void a_disk_that_takes_no_line_of_the_journal() {
        disturb("""
                begin
                until_tasks 1
                strace -f -qq -o /dev/null -p "$pid" -P "$(realpath log/*.jsonl)" \
                    -e trace=write -e inject=write:error=EIO:syscall=getpid &
                end
                """, 74, ".jsonl cannot be written after line", "Input/output error", "mend the disk");
    }

    @Test
    @Order(7)
    void a_disk_that_takes_what_is_written_and_cannot_keep_it() {
        disturb("""
                begin strace -f -P "$(realpath log/*.jsonl)" -qq -o /dev/null \
                    -e trace=fsync,fdatasync -e inject=fsync,fdatasync:error=EIO:syscall=getpid:when=6+
                end
                """, 74, ".jsonl cannot be written after line", "sync failed", "mend the disk");
    }

    @Test
    @Order(8)
    void no_descriptor_left_for_another_file() {
        var run = night.script(SampleNight.MANY_ATTEMPTS, """
                begin
                until_tasks 1
                prlimit --pid "$pid" --nofile=8:8
                end
                """);
        assertTrue(run.status() == 73 || run.status() == 74, "whichever file is the next: " + run.err());
        assertTrue(run.err().contains("Too many open files"), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }

    @Test
    @Order(9)
    void a_branch_that_another_process_has_locked() {
        disturb("""
                begin
                until_tasks 1
                lock=workspace/.git/refs/heads/night/$(basename log/*.jsonl .jsonl).lock
                until (set -C; : >"$lock") 2>/dev/null; do sleep 0.01; done
                end
                rm "$lock"
                """, 73, "is locked or moving for longer than 5 s", "If no other git program works there, remove");
    }

    @Test
    @Order(10)
    void it_comes_to_what_an_undisturbed_night_comes_to() throws IOException {
        var packed = ": >workspace/.git/packed-refs.lock; begin; end; rm workspace/.git/packed-refs.lock";
        var last = night.script(SampleNight.MANY_ATTEMPTS, packed); // who packs refs stands in nobody's way
        assertEquals(0, last.status(), last.err());
        var branch = night.branch();
        assertEquals(undisturbed.tree(), branch.tree(), night.folder().toString());
        assertEquals(
                new TreeSet<>(undisturbed.commits()),
                new TreeSet<>(branch.commits()),
                "a task that a night failed at goes last");
        assertEquals(undisturbed.commits().size(), branch.commits().size());
        night.assertSound(night.folder().toString());
    }
}
