package pantheon.night.local;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServiceStartTest {
    @Test
    void a_service_that_nothing_triggered_was_started_by_hand() {
        assertTrue(ServiceStart.isByHand(Map.of("SYSTEMD_EXEC_PID", "42"), 42));
    }

    @Test
    void a_timer_s_start_is_nobody_s() {
        assertFalse(
                ServiceStart.isByHand(Map.of("SYSTEMD_EXEC_PID", "42", "TRIGGER_UNIT", "pantheon-night.timer"), 42));
    }

    @Test
    void a_shell_that_systemd_started_is_no_start_of_the_service() {
        assertFalse(ServiceStart.isByHand(Map.of("SYSTEMD_EXEC_PID", "41"), 42));
        assertFalse(ServiceStart.isByHand(Map.of(), 42));
        assertFalse(ServiceStart.isByHand(), "of this process");
    }
}
