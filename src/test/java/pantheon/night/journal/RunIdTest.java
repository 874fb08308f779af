package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** The ids of nights. */
final class RunIdTest {
    private static final LocalDateTime NOW = LocalDateTime.parse("2026-10-25T02:30:00.5");

    @Test
    void is_the_local_time() {
        assertEquals("20261025-023000", RunId.next(List.of(), NOW, ""));
        assertEquals("20261025-023000", RunId.next(List.of("20261024-220000", "by-hand"), NOW, ""));
    }

    @Test
    void comes_after_every_earlier_one_when_the_clock_goes_back() {
        assertEquals("20261025-025900", RunId.next(List.of("20261025-025859", "20261024-220000"), NOW, ""));
    }

    @Test
    void two_nights_in_one_second_differ() {
        assertEquals("20261025-023001", RunId.next(List.of("20261025-023000"), NOW, ""));
        assertEquals("20270101-000000", RunId.next(List.of("20261231-235959"), NOW, ""));
    }

    @Test
    void nights_that_begin_in_one_second_with_logs_of_their_own_have_two_ids() {
        var one = RunId.next(List.of(), NOW, RunId.mark());
        var other = RunId.next(List.of(), NOW, RunId.mark());
        assertNotEquals(one, other);
        assertTrue(one.matches("20261025-023000-[0-9a-f]{6}"), one);
        assertTrue(RunId.isOne(one));
        assertTrue(RunId.isOne("20261025-023000-s0"));
        assertTrue(RunId.isOne("20261025-023000-s99999"));
        assertFalse(RunId.isOne("20261025-023000-s"));
        assertFalse(RunId.isOne("20261025-023000-s03"));
        assertFalse(RunId.isOne("20261025-023000-s100000"));
        assertFalse(RunId.isOne(one + "-copy"));
        assertFalse(RunId.isOne("20261025-023000-backup"));
    }

    @Test
    void ids_with_and_without_a_mark_are_in_the_order_of_their_nights() {
        var marked = RunId.next(List.of("20261025-023000"), NOW, "ffffff");
        assertEquals("20261025-023001-ffffff", marked);
        assertEquals("20261025-023002-000000", RunId.next(List.of(marked), NOW, "000000"));
        assertEquals("20261025-023001-s3", RunId.next(List.of("20261025-023000-s3"), NOW, "s3"));
        assertTrue("20261025-023000".compareTo(marked) < 0 && marked.compareTo("20261025-023002-000000") < 0);
    }

    @Test
    void no_night_comes_after_the_last_name_that_there_is() {
        assertEquals("99991231-235959", RunId.next(List.of("99991231-235958"), NOW, ""));
        var refused = assertThrows(NightException.class, () -> RunId.next(List.of("99991231-235959"), NOW, ""));
        assertEquals(ExitCode.DATA, refused.exitCode());
        assertEquals(
                "the log has a night named 99991231-235959, and no later one can be named. Move that journal out of the folder.",
                refused.getMessage());
    }
}
