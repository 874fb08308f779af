package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineLost;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.History;

/** A night whose model's server is lost now and then. */
final class LostEngineTest {
    private static final String DECLINED = SmallNight.call("final", "{\"status\": \"fail\"}");

    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void layOut() throws IOException {
        night = SmallNight.layOut(folder, 4);
        night.attempts = 1;
    }

    /** One that is lost over every answer from one on, counted from 1, up to another. */
    private static Engine lost(int from, int to) {
        var asked = new AtomicInteger();
        return SmallNight.engine(prompt -> {
            int number = asked.incrementAndGet();
            if (number >= from && number <= to) {
                throw new EngineLost("the server fell silent");
            }
            return DECLINED;
        });
    }

    @Test
    void its_task_is_carried_over_and_the_others_go_on() {
        assertEquals(
                List.of("task-0 declined", "task-1 engine_lost", "task-2 declined"),
                night.run(SmallNight.tasks(3), lost(2, 2)));
        var result = Objects.requireNonNull(night.result);
        assertEquals(List.of("task-1"), result.carryOver());
        assertEquals(ExitCode.WORK_LEFT, result.exitCode());
        assertEquals(Map.of(FinishReason.DECLINED, 2, FinishReason.ENGINE_LOST, 1), result.finished());
        assertFalse(History.of(night.log()).isDone("task-1"));
        assertEquals(List.of("task-1 declined"), night.run(SmallNight.tasks(3), lost(9, 9)));
    }

    @Test
    void no_attempt_is_counted_but_ten_of_them_are_the_tasks_doing() {
        for (int time = 1; time <= 10; time++) {
            assertEquals(List.of("task-0 engine_lost"), night.run(SmallNight.tasks(1), lost(1, 1)));
            assertEquals(0, History.of(night.log()).attempts("task-0").count());
        }
        assertTrue(History.of(night.log()).attempts("task-0").isHopeless());
        assertEquals(
                "10 × engine_lost", History.of(night.log()).attempts("task-0").words());
        assertEquals(List.of("task-0 attempts_spent"), night.run(SmallNight.tasks(1), lost(9, 9)));
    }
}
