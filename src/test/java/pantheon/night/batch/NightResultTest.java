package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pantheon.night.ExitCode;
import pantheon.night.outcome.FinishReason;

/** What a night ends with. */
final class NightResultTest {
    private static ExitCode exitCode(FinishReason reason, List<String> carryOver) {
        return new NightResult("run", null, Map.of(reason, 1), carryOver, List.of(), List.of(), 0, Duration.ZERO)
                .exitCode();
    }

    @Test
    void work_that_is_left_for_the_next_night_for_whatever_reason_ends_it_with_75() {
        assertEquals(ExitCode.WORK_LEFT, exitCode(FinishReason.CONFLICT, List.of("task-0")));
        assertEquals(ExitCode.WORK_LEFT, exitCode(FinishReason.STOPPED, List.of("task-0")));
        assertEquals(75, ExitCode.WORK_LEFT.status());
    }

    @Test
    void a_night_that_left_nothing_ends_with_0_whatever_became_of_its_tasks() {
        assertEquals(ExitCode.OK, exitCode(FinishReason.ACCEPTED, List.of()));
        assertEquals(ExitCode.OK, exitCode(FinishReason.NOT_ACCEPTED, List.of()));
    }
}
