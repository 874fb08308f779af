package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.batch.NightContext.Budget;

/** A night that may do so much and no more. */
final class BudgetNightTest {
    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void layOut() throws IOException {
        night = SmallNight.layOut(folder, 8);
    }

    private NightResult result() {
        return Objects.requireNonNull(night.result);
    }

    @Test
    void does_so_many_tasks_and_leaves_the_others_to_the_next_one() {
        night.budget = new Budget(3, 0);
        assertEquals(3, night.run(SmallNight.tasks(8), SmallNight.rule()).size());
        assertEquals(List.of("task-3", "task-4", "task-5", "task-6", "task-7"), result().carryOver());
        assertEquals(ExitCode.WORK_LEFT, result().exitCode());
        assertEquals(
                List.of("A night does 3 tasks (window.tasks), so the others wait for the next one."), result().early());
        assertEquals(3, night.run(SmallNight.tasks(8), SmallNight.rule()).size());
        assertEquals(2, night.run(SmallNight.tasks(8), SmallNight.rule()).size());
        assertEquals(ExitCode.OK, result().exitCode());
        assertEquals(List.of(), result().early());
    }

    @Test
    void does_no_more_where_tasks_are_under_way_beside_one_another() {
        night.budget = new Budget(3, 0);
        night.slots = 2;
        assertEquals(3, night.run(SmallNight.tasks(8), SmallNight.rule()).size());
        assertEquals(5, result().carryOver().size());
    }

    @Test
    void counts_what_it_did_before_it_was_interrupted() {
        night.budget = new Budget(3, 0);
        var declined = SmallNight.call("final", "{\"status\": \"fail\"}");
        var asked = new AtomicInteger();
        var failing = SmallNight.engine(prompt -> {
            if (asked.incrementAndGet() == 3) {
                throw new NightException(ExitCode.SOFTWARE, "the engine is gone");
            }
            return declined;
        });
        assertThrows(NightException.class, () -> night.run(SmallNight.tasks(8), failing));
        assertEquals(1, night.run(SmallNight.tasks(8), SmallNight.rule()).size());
        assertEquals(3, result().tasks());
        assertEquals(5, result().carryOver().size());
    }

    @Test
    void begins_no_further_task_once_models_generated_so_much() {
        night.budget = new Budget(0, 1);
        assertEquals(1, night.run(SmallNight.tasks(8), SmallNight.rule()).size());
        assertTrue(
                result().early().getFirst().contains("a night may have 1 (window.tokens)"),
                result().early().toString());
    }
}
