package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Shards with several owners at once: machines that are stopped and wake up, clocks that jump, a slow file system, and a
 * scheduler that starts again what it takes for dead.
 *
 * <p>{@code -Dsimulation.owners=100000} makes it the drill, {@code -Dsimulation.seed} repeats one seed.
 */
final class OwnersTest {
    private static final int SEEDS = Integer.getInteger("simulation.owners", 20);
    private static final int MUTANTS_SEEDS = 600;

    @Test
    void nothing_is_lost_and_nothing_is_done_twice_whoever_owns_a_shard() throws IOException, InterruptedException {
        var seed = Long.getLong("simulation.seed");
        var seeds = seed == null ? LongStream.range(0, SEEDS) : LongStream.of(seed);
        try (var simulation = Simulation.inMemory()) {
            assertEquals("", simulation.failuresOfOwners(seeds));
        }
    }

    @Test
    void the_same_seed_gives_the_same() throws IOException {
        try (var simulation = Simulation.inMemory()) {
            for (long seed = 0; seed < 10; seed++) {
                assertEquals(
                        simulation.cluster(seed).schedule(),
                        simulation.cluster(seed).schedule(),
                        "seed " + seed);
            }
        }
    }

    /** Without them the seeds could pass because nothing happens in them. */
    @Test
    void everything_that_can_come_between_owners_comes_about() throws IOException {
        var notes = new ArrayList<>(List.of(
                "at behind the look",
                "at LOOK",
                "at RENEW",
                "at CLAIM",
                "journal",
                "notices that it is overtaken",
                "while this one was stopped",
                "this one was not heard of",
                "a person commits",
                "somebody else moved the branch",
                "another process goes on with this shard",
                "the clock is set",
                "the machine sleeps",
                "killed"));
        try (var simulation = Simulation.inMemory()) {
            for (long seed = 0; seed < 500 && !notes.isEmpty(); seed++) {
                notes.removeIf(simulation.cluster(seed)::happened);
            }
        }
        assertEquals(List.of(), notes);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the lease is not asked,                          lease.HeldLease,               requireOwn,  false",
        "the epoch is not compared,                       lease.HeldLease,               isOvertaken, false",
        "a lease is taken while its owner renews it,      lease.Leasing,                 isFree,      true",
        "a branch is moved wherever it is,                workspace.branch.OwnBranch,    isAt,        true",
        "who was overtaken still has what it would move,  disk.OwnFolder,                fenceOff,    false",
        "a journal is gone on with in place,              lease.HeldDisk,                copied,      false"
    })
    void is_caught(String bug, String className, String methodName, boolean answer)
            throws ReflectiveOperationException {
        var mutant = new Mutant(className, methodName, answer);
        assertTrue(mutant.caughtByOwners(MUTANTS_SEEDS).isPresent(), "not caught: " + bug);
    }

    @Test
    void the_program_as_it_is_passes_in_the_same_loader() throws ReflectiveOperationException {
        var mutant = new Mutant("simulation.Machine", "nightStarted");
        assertEquals(Optional.empty(), mutant.caughtByOwners(20));
    }
}
