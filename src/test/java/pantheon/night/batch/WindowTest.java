package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.NightException;
import pantheon.night.agent.FinishReason;

final class WindowTest {
    private static final Instant EVENING = Instant.parse("2026-11-23T22:00:00Z");

    @Test
    void a_time_of_day_is_the_next_one() {
        assertEquals(Instant.parse("2026-11-24T06:00:00Z"), Window.end("06:00", EVENING, ZoneOffset.UTC));
        assertEquals(Instant.parse("2026-11-23T23:30:00Z"), Window.end("23:30", EVENING, ZoneOffset.UTC));
        assertEquals(Instant.parse("2026-11-24T22:00:00Z"), Window.end("22:00", EVENING, ZoneOffset.UTC));
    }

    @Test
    void a_time_of_day_holds_over_a_change_of_the_clocks() {
        var berlin = ZoneId.of("Europe/Berlin");
        var before = Instant.parse("2026-10-24T20:00:00Z");
        assertEquals(Instant.parse("2026-10-25T05:00:00Z"), Window.end("06:00", before, berlin));
    }

    @Test
    void a_duration_counts_from_now() {
        assertEquals(EVENING.plusSeconds(6 * 3600), Window.end("6h", EVENING, ZoneOffset.UTC));
        assertEquals(EVENING.plusSeconds(5400), Window.end("1h30m", EVENING, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dawn", "25:00", "6", "0s", "-1h", ""})
    void anything_else_is_refused(String until) {
        assertThrows(NightException.class, () -> Window.end(until, EVENING, ZoneOffset.UTC));
    }

    @Test
    void it_closes_at_its_end_and_stops_when_asked() {
        var now = new Instant[] {EVENING};
        InstantSource clock = () -> now[0];
        var window = new Window(clock, EVENING.plusSeconds(60));
        assertEquals(Optional.empty(), window.reason());
        now[0] = EVENING.plusSeconds(60);
        assertEquals(Optional.of(FinishReason.WINDOW_CLOSED), window.reason());
        window.stop();
        assertEquals(Optional.of(FinishReason.STOPPED), window.reason());
        assertEquals(Optional.empty(), new Window(clock, null).reason());
    }
}
