package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.agent.Agent;
import pantheon.night.agent.FinishReason;

final class TaskTimesTest {
    private static final Agent WRITER = SmallNight.in(Path.of("")).agent();
    private static final String KEY = TaskTimes.key(WRITER.name(), WRITER.version());
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TaskTimes times = new TaskTimes();

    @Test
    void an_agent_that_was_never_seen_is_expected_to_take_no_time() {
        times.ended(TaskTimes.key(WRITER.name(), "another version"), FinishReason.ACCEPTED, MINUTE);
        assertEquals(Duration.ZERO, times.expected(WRITER));
    }

    @Test
    void nine_of_ten_tasks_ended_within_what_is_expected() {
        for (int minutes = 10; minutes > 0; minutes--) {
            times.ended(KEY, FinishReason.ACCEPTED, Duration.ofMinutes(minutes));
        }
        assertEquals(Duration.ofMinutes(9), times.expected(WRITER));
    }

    @Test
    void a_single_task_tells_as_much_as_it_can() {
        times.ended(KEY, FinishReason.STEP_LIMIT, MINUTE);
        assertEquals(MINUTE, times.expected(WRITER));
    }

    @Test
    void what_is_long_ago_is_forgotten() {
        times.ended(KEY, FinishReason.ACCEPTED, Duration.ofHours(1));
        for (int task = 0; task < TaskTimes.REMEMBERED; task++) {
            times.ended(KEY, FinishReason.ACCEPTED, MINUTE);
        }
        assertEquals(MINUTE, times.expected(WRITER));
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOW_CLOSED", "STOPPED", "CONFLICT", "ATTEMPTS_SPENT"})
    void a_task_that_did_not_come_to_its_end_tells_nothing(FinishReason reason) {
        times.ended(KEY, reason, MINUTE);
        assertEquals(Duration.ZERO, times.expected(WRITER));
    }
}
