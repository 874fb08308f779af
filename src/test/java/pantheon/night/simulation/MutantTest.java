package pantheon.night.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That the simulator catches bugs: each of the promises is broken in the program once, and must show. */
final class MutantTest {
    private static final int NIGHTS = 600;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a commit is made before its intent is on the disk,    journal.EventType,     isDurable",
        "a commit that is there is not recognised by its key,  workspace.Workspace,   commitsByTrailer",
        "a task that has ended is run again,                   past.History,          isDone",
        "a night that was killed is not gone on with,          past.PastNight,        isToGoOn",
        "a night that is left is not ended,                    batch.NightStart,      abandon",
        "a night that has ended is not signed late,            batch.NightStart,      sign",
        "a night goes on on another commit,                    batch.NightStart,      ownBase",
        "what is known of a commit is not written down,        past.PastNight,        settle",
        "where a branch was moved to does not last,            workspace.branch.BranchCommit, sync",
        "what a task left is there for the next one,           workspace.scratch.Scratch,     reset",
        "what may have ended the process begins beside others, batch.Flight,     isAlone",
        "a model is asked more than it serves at once,         batch.Flight,           isBusy",
        "a checkout that a tool may write in is gone on with,  batch.work.Slot,        abandon",
        "an end of the process counts for all that it cut off, past.Attempts,          cutOffBesideOthers",
        "a task begins before what it builds on is merged,     queue.Dependencies,     parked",
        "what waits for others is not told,                    batch.Expectation,      tasksParked",
        "lines that a failed sync lost are taken for written,  simulation.SimulatedFile, rewrite"
    })
    void is_caught(String bug, String className, String methodName) throws ReflectiveOperationException {
        assertTrue(new Mutant(className, methodName).caught(NIGHTS).isPresent(), "not caught: " + bug);
    }

    @Test
    void a_night_that_goes_on_after_its_end_is_caught() throws ReflectiveOperationException {
        assertTrue(new Mutant("past.PastNight", "isToGoOn", true).caught(NIGHTS).isPresent());
    }

    @Test
    void the_program_as_it_is_passes_in_the_same_loader() throws ReflectiveOperationException {
        assertEquals(Optional.empty(), new Mutant("simulation.Machine", "nightStarted").caught(20));
    }

    @Test
    void a_method_that_is_not_there_is_no_mutant() {
        assertThrows(IllegalArgumentException.class, () -> new Mutant("past.History", "noSuchMethod"));
    }
}
