package pantheon.night.past;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.agent.Agent;
import pantheon.night.batch.SmallNight;
import pantheon.night.outcome.FinishReason;

final class TaskTimesTest {
    private static final Agent WRITER = SmallNight.in(Path.of("")).agent();
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TaskTimes times = new TaskTimes((agent, version) -> List.of());

    @Test
    void an_agent_that_was_never_seen_is_expected_to_take_no_time() {
        var others = new TaskTimes((agent, version) -> version.equals(WRITER.version()) ? List.of() : List.of(MINUTE));
        assertEquals(Duration.ZERO, others.expected(WRITER));
    }

    @Test
    void earlier_nights_tell_until_this_one_does() {
        var first = new TaskTimes((agent, version) ->
                Collections.nCopies(TaskTimes.REMEMBERED + 1, agent.equals(WRITER.name()) ? MINUTE : Duration.ZERO));
        assertEquals(MINUTE, first.expected(WRITER));
        for (int task = 0; task < TaskTimes.REMEMBERED; task++) {
            first.ended(WRITER, FinishReason.ACCEPTED, Duration.ofMinutes(2));
        }
        assertEquals(Duration.ofMinutes(2), first.expected(WRITER));
    }

    @Test
    void nine_of_ten_tasks_ended_within_what_is_expected() {
        for (int minutes = 10; minutes > 0; minutes--) {
            times.ended(WRITER, FinishReason.ACCEPTED, Duration.ofMinutes(minutes));
        }
        assertEquals(Duration.ofMinutes(9), times.expected(WRITER));
    }

    @Test
    void a_single_task_tells_as_much_as_it_can() {
        times.ended(WRITER, FinishReason.STEP_LIMIT, MINUTE);
        assertEquals(MINUTE, times.expected(WRITER));
    }

    @Test
    void what_is_long_ago_is_forgotten() {
        times.ended(WRITER, FinishReason.ACCEPTED, Duration.ofHours(1));
        for (int task = 0; task < TaskTimes.REMEMBERED; task++) {
            times.ended(WRITER, FinishReason.ACCEPTED, MINUTE);
        }
        assertEquals(MINUTE, times.expected(WRITER));
    }

    @ParameterizedTest
    @EnumSource(names = {"WINDOW_CLOSED", "STOPPED", "ENGINE_LOST", "ATTEMPTS_SPENT"})
    void a_task_that_did_not_come_to_its_end_tells_nothing(FinishReason reason) {
        times.ended(WRITER, reason, MINUTE);
        assertEquals(Duration.ZERO, times.expected(WRITER));
    }
}
