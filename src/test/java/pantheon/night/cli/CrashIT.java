package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;

/**
 * The installed program, killed with SIGKILL at random moments of real nights: nothing is lost, nothing is done twice,
 * and the branch is that of a night that nobody disturbed.
 *
 * <p>{@code -Dcrash.kills=200} makes it the drill, {@code -Dcrash.seed} repeats one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashIT {
    private static final int KILLS = Integer.getInteger("crash.kills", 20);
    private static final long SEED = Long.getLong("crash.seed", 6);
    private static final Map<String, String> MANY_ATTEMPTS = Map.of("PANTHEON_NIGHT_WINDOW_ATTEMPTS", "1000000");

    private Path folder = Path.of("");
    private Path sample = Path.of("");
    private Branch undisturbed = new Branch(List.of(), "");

    /** What came of a night: its commits by task and idempotency key, oldest first, and the tree that they left. */
    private record Branch(List<String> commits, String tree) {}

    @BeforeAll
    void run_a_night_that_nobody_disturbs(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path temporary) {
        folder = temporary;
        sample = folder.resolve("sample");
        assertEquals(
                0, Program.run(folder, "demo", sample.toString(), "--dry-run").status());
        var night = copy("undisturbed");
        assertEquals(0, Program.run(night).status());
        undisturbed = branch(night);
        assertTrue(undisturbed.commits().size() >= 20, undisturbed.toString());
    }

    @Test
    void nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        var random = new Random(SEED);
        int kills = 0;
        for (int nights = 1; kills < KILLS; nights++) {
            var night = copy("night-" + nights);
            int before = kills;
            while (kills < KILLS && killed(night, random)) {
                kills++;
            }
            var last = Program.run(night, MANY_ATTEMPTS);
            assertEquals(0, last.status(), last.err());
            var where = "seed %d, night %d after %d kills in %s".formatted(SEED, nights, kills - before, night);
            assertEquals(undisturbed, branch(night), where);
            assertEquals(queued(night), ended(night), where);
            assertEquals("", git(night, "status", "--porcelain"), where);
            git(night, "fsck", "--strict");
            var run = journals(night).getFirst().getFileName().toString().replace(".jsonl", "");
            var replay = Program.run(night, "replay", run);
            assertEquals(0, replay.status(), where + "\n" + replay.err());
        }
    }

    /** Starts the night and kills it at some moment; false where it had ended before. */
    private static boolean killed(Path night, Random random) throws IOException, InterruptedException {
        var process = Program.start(night, MANY_ATTEMPTS);
        long size = size(night);
        if (random.nextInt(10) > 0) { // else at some moment of the start
            long goal = size + 1 + random.nextInt(60_000);
            while (process.isAlive() && size(night) < goal) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(20));
        } else {
            Thread.sleep(random.nextInt(2_000));
        }
        boolean running = process.isAlive();
        process.destroyForcibly();
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertTrue(running || process.exitValue() == 0, "exit code " + process.exitValue());
        return running;
    }

    private static long size(Path night) throws IOException {
        long size = 0;
        for (var journal : journals(night)) {
            size += Files.size(journal);
        }
        return size;
    }

    private static List<Path> journals(Path night) throws IOException {
        if (!Files.exists(night.resolve("log"))) {
            return List.of();
        }
        try (var files = Files.list(night.resolve("log"))) {
            return files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        }
    }

    private static Set<String> queued(Path night) throws IOException {
        var queued = new TreeSet<String>();
        for (var line : Files.readAllLines(night.resolve("queue/front-matter.jsonl"))) {
            queued.add(Json.parse(line).get("id").stringValue());
        }
        return queued;
    }

    /** The tasks that ended; each once, in one journal. */
    private static Set<String> ended(Path night) throws IOException {
        var journals = journals(night);
        assertEquals(1, journals.size());
        var times = new TreeMap<String, Integer>();
        JournalReader.read(journals.getFirst(), entry -> {
            if (entry.event().type() == EventType.TASK_FINISHED) {
                times.merge(String.valueOf(entry.event().task()), 1, Integer::sum);
            }
        });
        assertTrue(times.values().stream().allMatch(count -> count == 1), times.toString());
        return new TreeSet<>(times.keySet());
    }

    private static Branch branch(Path night) {
        var name = git(night, "for-each-ref", "--format=%(refname:short)", "refs/heads/night")
                .strip();
        var format = "--format=%(trailers:key=Night-Task,valueonly,separator=)"
                + " %(trailers:key=Night-Key,valueonly,separator=)";
        var commits = git(night, "log", "--reverse", format, "main.." + name);
        return new Branch(
                commits.lines().toList(),
                git(night, "rev-parse", name + "^{tree}").strip());
    }

    private static String git(Path night, String... arguments) {
        var command =
                new ArrayList<>(List.of("git", "-C", night.resolve("workspace").toString()));
        command.addAll(List.of(arguments));
        var run = Program.process(night, Map.of(), command);
        assertEquals(0, run.status(), run.err());
        return run.out();
    }

    private Path copy(String name) {
        var copy = folder.resolve(name);
        var run = Program.process(folder, Map.of(), List.of("cp", "-a", sample.toString(), copy.toString()));
        assertEquals(0, run.status(), run.err());
        return copy;
    }
}
