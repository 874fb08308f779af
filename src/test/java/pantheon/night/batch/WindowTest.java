package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.SetClock;
import pantheon.night.batch.direction.Direction;
import pantheon.night.outcome.FinishReason;

final class WindowTest {
    private static final Instant EVENING = Instant.parse("2026-11-23T22:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final SetClock clock = new SetClock(EVENING);

    private Window hour() {
        return new Window(clock, EVENING.plus(HOUR), GRACE);
    }

    @Test
    void a_time_of_day_is_the_next_one() {
        assertEquals(Instant.parse("2026-11-24T06:00:00Z"), Window.end("--until", "06:00", EVENING, ZoneOffset.UTC));
        assertEquals(Instant.parse("2026-11-23T23:30:00Z"), Window.end("--until", "23:30", EVENING, ZoneOffset.UTC));
        assertEquals(Instant.parse("2026-11-24T22:00:00Z"), Window.end("--until", "22:00", EVENING, ZoneOffset.UTC));
    }

    /** In 2026, Berlin's clocks skip 02:00 to 03:00 on 29 March, and show it twice on 25 October. */
    @ParameterizedTest
    @CsvSource({
        "06:00, 2026-10-24T20:00:00Z, 2026-10-25T05:00:00Z", // the night has an hour more
        "06:00, 2026-03-28T21:00:00Z, 2026-03-29T04:00:00Z", // and one less
        "02:30, 2026-03-28T21:00:00Z, 2026-03-29T01:00:00Z", // skipped: when the clocks do
        "02:30, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "02:30, 2026-10-24T20:00:00Z, 2026-10-25T00:30:00Z", // twice: the first one
        "02:30, 2026-10-25T00:45:00Z, 2026-10-25T01:30:00Z", // between the two: the second one
        "02:30, 2026-10-25T01:45:00Z, 2026-10-26T01:30:00Z",
        "03:00, 2026-10-25T00:30:00Z, 2026-10-25T02:00:00Z",
        "00:00, 2026-10-25T00:30:00Z, 2026-10-25T23:00:00Z"
    })
    void a_time_of_day_holds_over_a_change_of_the_clocks(String until, Instant now, Instant end) {
        assertEquals(end, Window.end("--until", until, now, BERLIN));
    }

    @Test
    void a_duration_counts_from_now() {
        assertEquals(EVENING.plusSeconds(6 * 3600), Window.end("--until", "6h", EVENING, ZoneOffset.UTC));
        assertEquals(EVENING.plusSeconds(5400), Window.end("--until", "1h30m", EVENING, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dawn", "25:00", "6", "0s", "-1h", ""})
    void anything_else_is_refused(String until) {
        var refused = assertThrows(NightException.class, () -> Window.end("--until", until, EVENING, ZoneOffset.UTC));
        assertEquals(ExitCode.USAGE, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).startsWith("--until is "), refused.getMessage());
    }

    @Test
    void no_task_begins_once_it_has_closed_and_the_running_one_has_a_grace_period() {
        var window = hour();
        clock.pass(HOUR.minusNanos(1));
        assertEquals(Optional.empty(), window.closed());
        clock.pass(Duration.ofNanos(1));
        assertEquals(Optional.of(FinishReason.WINDOW_CLOSED), window.closed());
        assertFalse(window.admits(Duration.ZERO));
        clock.pass(GRACE.minusNanos(1));
        assertEquals(Optional.empty(), window.reason());
        clock.pass(Duration.ofNanos(1));
        assertEquals(Optional.of(FinishReason.WINDOW_CLOSED), window.reason());
    }

    @Test
    void it_closes_when_it_is_stopped_with_the_same_grace() {
        var window = new Window(clock, null, GRACE);
        assertEquals(Optional.empty(), window.closed());
        window.stop();
        assertEquals(Optional.of(FinishReason.STOPPED), window.closed());
        assertFalse(window.admits(Duration.ZERO));
        clock.pass(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), window.reason());
        window.stop(); // again: the grace does not begin anew
        clock.pass(Duration.ofMinutes(1));
        assertEquals(Optional.of(FinishReason.STOPPED), window.reason());
    }

    @Test
    void it_admits_what_ends_before_it_does() {
        var window = hour();
        clock.pass(Duration.ofMinutes(50));
        assertTrue(window.admits(Duration.ofMinutes(10)));
        assertFalse(window.admits(Duration.ofMinutes(10).plusNanos(1)));
        assertTrue(new Window(clock, null, GRACE).admits(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-24T09:00:00Z", "2026-11-23T03:00:00Z", "1970-01-01T00:00:00Z"})
    void a_clock_that_is_set_moves_its_end_not_at_all(Instant set) {
        var window = hour();
        clock.pass(Duration.ofMinutes(59));
        clock.set(set);
        assertEquals(Optional.empty(), window.closed());
        assertEquals(Optional.of(Duration.ofMinutes(1)), window.left());
        clock.pass(Duration.ofMinutes(1));
        assertEquals(Optional.of(FinishReason.WINDOW_CLOSED), window.closed());
    }

    @Test
    void it_is_directed_to_pause_to_go_on_and_to_end_at_another_time() {
        var window = hour();
        assertEquals(Optional.empty(), window.news());
        window.direct(Direction.NONE);
        assertEquals(Optional.empty(), window.news(), "as it was begun");
        var paused = Direction.NONE.withPaused(true);
        window.direct(paused);
        window.direct(paused);
        assertEquals(Optional.of(paused), window.news());
        assertEquals(Optional.empty(), window.news(), "it is told once");
        assertTrue(window.isPaused());
        var longer = new Direction(false, EVENING.plus(HOUR.multipliedBy(3)));
        window.direct(longer);
        assertEquals(Optional.of(longer), window.news());
        assertFalse(window.isPaused());
        clock.pass(HOUR.multipliedBy(2));
        assertEquals(Optional.of(HOUR), window.left());
        window.direct(new Direction(true, EVENING));
        assertEquals(Optional.of(FinishReason.WINDOW_CLOSED), window.closed());
        assertFalse(window.isPaused(), "what has closed waits for nobody");
    }

    @Test
    void who_waits_while_it_is_paused_goes_on_as_soon_as_it_may() throws InterruptedException {
        var window = hour();
        window.awaitWhilePaused(Duration.ofDays(1)); // it is not
        window.direct(Direction.NONE.withPaused(true));
        var waits = Thread.ofPlatform().start(() -> window.awaitWhilePaused(Duration.ofDays(1)));
        while (waits.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        window.direct(Direction.NONE);
        assertTrue(waits.join(Duration.ofMinutes(1)));
    }

    @Test
    void the_machine_s_sleep_counts() {
        var window = hour();
        clock.sleep(Duration.ofHours(8));
        assertEquals(Optional.of(FinishReason.WINDOW_CLOSED), window.closed());
    }

    @org.junit.jupiter.params.ParameterizedTest
    @org.junit.jupiter.params.provider.CsvSource({
        "22:00, 06:00, 22:00, true",
        "22:00, 06:00, 23:59, true",
        "22:00, 06:00, 05:59, true",
        "22:00, 06:00, 06:00, false",
        "22:00, 06:00, 08:00, false",
        "22:00, 06:00, 21:59, false",
        "01:00, 05:00, 03:00, true",
        "01:00, 05:00, 00:59, false",
        "22:00, 8h, 05:59, true",
        "22:00, 8h, 06:00, false",
        "22:00, 22:00, 12:00, true",
        "22:00, , 12:00, true",
    })
    void it_is_night_from_its_hour_to_its_end(String from, String until, String at, boolean night) {
        var now = java.time.LocalDate.of(2026, 11, 24).atTime(java.time.LocalTime.parse(at));
        org.junit.jupiter.api.Assertions.assertEquals(
                night, Window.isNight(from, until, now.atZone(java.time.ZoneId.of("Europe/Berlin"))));
    }

    @Test
    void the_hour_that_clocks_skip_or_show_twice_is_night_too() {
        var zone = java.time.ZoneId.of("Europe/Berlin");
        for (var night : java.util.List.of("2026-03-29", "2026-10-25")) {
            var midnight = java.time.LocalDate.parse(night).atStartOfDay(zone);
            for (int minutes = 0; minutes < 4 * 60; minutes += 30) {
                org.junit.jupiter.api.Assertions.assertTrue(
                        Window.isNight("22:00", "06:00", midnight.plusMinutes(minutes)));
            }
            org.junit.jupiter.api.Assertions.assertFalse(Window.isNight("22:00", "06:00", midnight.withHour(6)));
        }
    }
}
