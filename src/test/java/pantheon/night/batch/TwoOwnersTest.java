package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.NightException;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.Shard;
import pantheon.night.lease.Hold;
import pantheon.night.lease.LeaseListener;
import pantheon.night.lease.Leasing;
import pantheon.night.local.SystemClock;
import pantheon.night.past.History;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;

/** Two processes on one shard, as where a node hangs and the scheduler starts its shard elsewhere. */
final class TwoOwnersTest {
    private static final int TASKS = 12;
    private static final int WORK_LEFT = 75;

    @TempDir
    private Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void lay_out() throws IOException {
        SmallNight.layOut(folder, TASKS);
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    /** A shard's night of some tasks, each of which takes a while; says a line at each one's end. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws IOException {
            var night = SmallNight.in(Path.of(arguments[0]));
            night.shard = new Shard(0, 2);
            var time = Duration.ofMillis(Long.parseLong(arguments[1]));
            var lease = new Leasing(
                    night.folder.resolve("lease"), time, new SystemClock(), () -> false, new LeaseListener() {
                        @Override
                        public void waits(String owner) {}

                        @Override
                        public void lost() {}
                    });
            try (var hold = lease.take()) {
                night.hold = hold;
                System.out.println("begun");
                run(night, hold);
            } catch (NightException e) {
                System.err.println(e.getMessage());
                System.exit(e.exitCode().status());
            }
        }

        private static void run(SmallNight night, Hold hold) {
            try {
                night.run(SmallNight.tasks(TASKS), slow(), task -> System.out.println(task));
            } catch (NightException e) {
                throw hold.reason(e);
            }
        }

        private static pantheon.night.engine.Engine slow() {
            return SmallNight.engine(prompt -> {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return prompt.contains("<tool_response>")
                        ? SmallNight.call("final", "{\"status\": \"done\"}")
                        : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
            });
        }
    }

    private Process owner(long leaseMillis) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString(),
                        Long.toString(leaseMillis))
                .redirectError(
                        folder.resolve("said-%d.txt".formatted(started.size())).toFile())
                .start();
        started.add(process);
        return process;
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor());
    }

    private static int end(Process process) throws InterruptedException, IOException {
        process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES));
        return process.exitValue();
    }

    private String said(int owner) throws IOException {
        return Files.readString(folder.resolve("said-%d.txt".formatted(owner)));
    }

    /** Every task ended once and was committed once, and the journal says so in one unbroken chain. */
    private void expectAllOnce() {
        var night = SmallNight.in(folder);
        var ended = new ArrayList<String>();
        var made = new ArrayList<String>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof TaskFinished finished) {
                ended.add(finished.task());
            } else if (entry.event() instanceof CommitMade commit) {
                made.add(commit.commit());
            }
        });
        assertEquals(TASKS, ended.size(), ended.toString());
        assertEquals(TASKS, new HashSet<>(ended).size());
        assertEquals(1, History.journals(night.log()).size());
        try (var workspace = Workspace.open(night.workspace)) {
            var branch = NightBranch.of(pantheon.night.journal.Journal.run(night.journal()));
            var commits = workspace.commits(branch, workspace.baseCommit());
            assertEquals(TASKS, workspace.commitsByTrailer("Night-Task", branch).size());
            assertEquals(
                    made.reversed(),
                    commits.all().stream().map(commit -> commit.id()).toList());
        }
    }

    @Test
    void who_froze_is_taken_over_and_ends_when_it_wakes_up() throws IOException, InterruptedException {
        var frozen = owner(1500);
        var lines = frozen.inputReader();
        for (var line = lines.readLine(); !Objects.equals(line, "task-3"); line = lines.readLine()) {
            assertTrue(line != null, () -> "it ended early");
        }
        signal("STOP", frozen);
        var other = owner(1500);
        assertEquals(0, end(other), () -> "the other ends well");
        signal("CONT", frozen);
        while (lines.readLine() != null) { // it may have ended a task before it was stopped
        }
        assertTrue(frozen.waitFor(2, TimeUnit.MINUTES));
        assertEquals(WORK_LEFT, frozen.exitValue(), said(0));
        assertTrue(said(0).contains("another process has taken this night over"), said(0));
        expectAllOnce();
    }

    @Test
    void of_two_that_start_at_once_one_does_it_all_and_the_other_finds_nothing_left()
            throws IOException, InterruptedException {
        var one = owner(20_000);
        var other = owner(20_000);
        assertEquals(0, end(one), said(0));
        assertEquals(0, end(other), said(1));
        expectAllOnce();
    }

    @Test
    void who_was_killed_is_succeeded_at_once() throws IOException, InterruptedException {
        var killed = owner(3_600_000);
        var lines = killed.inputReader();
        for (var line = lines.readLine(); !Objects.equals(line, "task-3"); line = lines.readLine()) {
            assertTrue(line != null, () -> "it ended early");
        }
        signal("KILL", killed);
        assertTrue(killed.waitFor(1, TimeUnit.MINUTES));
        var other = owner(3_600_000);
        assertEquals(0, end(other), said(1));
        expectAllOnce();
    }
}
