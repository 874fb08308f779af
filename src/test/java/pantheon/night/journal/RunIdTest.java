package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ids of nights. */
final class RunIdTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-10-25T02:30:00.5");

    @Test
    void is_the_local_time() {
        assertEquals("20261025-023000", RunId.next(List.of(), NOW));
        assertEquals("20261025-023000", RunId.next(List.of("20261024-220000", "by-hand"), NOW));
    }

    @Test
    void comes_after_every_earlier_one_when_the_clock_goes_back() {
        assertEquals("20261025-025900", RunId.next(List.of("20261025-025859", "20261024-220000"), NOW));
    }

    @Test
    void two_nights_in_one_second_differ() {
        assertEquals("20261025-023001", RunId.next(List.of("20261025-023000"), NOW));
        assertEquals("20270101-000000", RunId.next(List.of("20261231-235959"), NOW));
    }
}
