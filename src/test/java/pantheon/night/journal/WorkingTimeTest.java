package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pantheon.night.outcome.NightOutcome;

/** How long a night was at work. */
final class WorkingTimeTest {
    private static final Instant BEGIN = Instant.parse("2026-11-23T22:00:00Z");

    private final WorkingTime time = new WorkingTime();

    private void line(EventType type, int second) {
        line(Events.of(type), second);
    }

    private void line(NightEvent event, int second) {
        time.take(new JournalReader.Entry(1, "", BEGIN.plusSeconds(second), event));
    }

    private static NightEvent finished(long millis) {
        return new NightEvent.NightFinished(NightOutcome.DONE, Map.of(), millis, null, List.of(), false, List.of());
    }

    @Test
    void a_killed_start_counts_from_its_first_line_to_its_last_and_the_time_behind_it_does_not() {
        line(EventType.NIGHT_STARTED, 0);
        line(EventType.TASK_STARTED, 7);
        assertEquals(Duration.ofSeconds(7), time.elapsed());
        line(EventType.NIGHT_RESUMED, 3600);
        line(EventType.TASK_STARTED, 3602);
        assertEquals(Duration.ofSeconds(9), time.elapsed());
        assertEquals(Duration.ofSeconds(12), time.elapsed(BEGIN.plusSeconds(3605)), "while it runs");
    }

    @Test
    void the_end_of_a_start_tells_the_time_with_that_of_the_starts_before_it() {
        line(EventType.NIGHT_STARTED, 0);
        line(finished(5_500), 9000); // the clock was set
        line(EventType.STATEMENT_SIGNED, 9001);
        assertEquals(Duration.ofMillis(5_500), time.elapsed());
        line(EventType.NIGHT_RESUMED, 10_000);
        line(finished(7_400), 10_002);
        assertEquals(Duration.ofMillis(7_400), time.elapsed(BEGIN.plusSeconds(20_000)));
    }

    @Test
    void a_clock_that_was_set_back_takes_nothing_away() {
        line(EventType.NIGHT_STARTED, 100);
        line(EventType.TASK_STARTED, 40);
        assertEquals(Duration.ZERO, time.elapsed());
    }
}
