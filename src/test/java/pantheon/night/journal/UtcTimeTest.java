package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UtcTimeTest {
    @Test
    void reads_every_instant_that_a_journal_writes() {
        var random = new Random(5);
        long[] parts = {1, 1000, 1_000_000, 1_000_000_000};
        for (int i = 0; i < 20_000; i++) {
            long part = parts[i % parts.length];
            var instant = Instant.ofEpochSecond(
                    random.nextLong(4_000_000_000L), random.nextLong(1_000_000_000) / part * part);
            assertEquals(instant, UtcTime.parse(instant.toString()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T00:00:00Z",
                "2026-11-23T22:00:00.5Z",
                "2026-11-23T22:00:00.12Z",
                "2026-11-23T22:00:00.000000001Z",
                "2026-11-23T22:00:00+00:00",
                "2026-11-23T23:30:00.25+01:30",
                "2016-12-31T23:59:59.999Z"
            })
    void reads_the_other_forms_as_the_jdk_does(String text) {
        assertEquals(Instant.parse(text), UtcTime.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30T22:00:00Z", "2026-13-01T22:00:00Z", "2026-11-23T22:00:61Z", "2026-11-23"})
    void what_is_no_instant_is_refused(String text) {
        assertThrows(DateTimeException.class, () -> Instant.parse(text));
        assertThrows(DateTimeException.class, () -> UtcTime.parse(text));
    }
}
