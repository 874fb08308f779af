package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

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
    private static final int TASKS = Integer.getInteger("crash.tasks", 18);

    private Path folder = Path.of("");
    private SampleNight sample = new SampleNight(folder);
    private SampleNight.Branch undisturbed = new SampleNight.Branch(List.of(), "");

    @BeforeAll
    void run_a_night_that_nobody_disturbs(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path temporary)
            throws IOException {
        folder = temporary;
        sample = SampleNight.layOut(folder.resolve("sample"), TASKS);
        var night = sample.copy(folder.resolve("undisturbed"));
        assertEquals(0, Program.run(night.folder()).status());
        undisturbed = night.branch();
        assertTrue(undisturbed.commits().size() >= TASKS / 2, undisturbed.toString());
    }

    @Test
    void nothing_is_lost_and_nothing_is_done_twice() throws Exception {
        var random = new Random(SEED);
        int kills = 0;
        for (int nights = 1; kills < KILLS; nights++) {
            var night = sample.copy(folder.resolve("night-" + nights));
            int before = kills;
            while (kills < KILLS && killed(night, random)) {
                kills++;
            }
            var last = Program.run(night.folder(), SampleNight.MANY_ATTEMPTS);
            assertEquals(0, last.status(), last.err());
            night.assertCameTo(
                    undisturbed,
                    "seed %d, night %d after %d kills in %s".formatted(SEED, nights, kills - before, night.folder()));
        }
    }

    /** Starts the night and kills it at some moment; false where it had ended before. */
    private static boolean killed(SampleNight night, Random random) throws IOException, InterruptedException {
        var process = Program.start(night.folder(), SampleNight.MANY_ATTEMPTS);
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

    private static long size(SampleNight night) throws IOException {
        long size = 0;
        for (var journal : night.journals()) {
            size += Files.size(journal);
        }
        return size;
    }
}
