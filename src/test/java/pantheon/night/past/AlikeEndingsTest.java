package pantheon.night.past;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import pantheon.night.outcome.FinishReason;

/** What counts as failing alike. */
final class AlikeEndingsTest {
    private final AlikeEndings endings = new AlikeEndings();

    private Optional<String> after(FinishReason reason, String message) {
        endings.ended("a", reason, message);
        return endings.stopping("a", 2);
    }

    @Test
    void the_same_check_is_alike_whatever_it_found_and_another_is_not() {
        assertEquals(Optional.empty(), after(FinishReason.NOT_ACCEPTED, "mapped_status: status is \"x\""));
        assertEquals(
                Optional.of("not_accepted (mapped_status)"),
                after(FinishReason.NOT_ACCEPTED, "mapped_status: status is \"y\""));
        assertEquals(Optional.empty(), after(FinishReason.NOT_ACCEPTED, "body_kept: the body changed"));
    }

    @Test
    void agents_decline_alike_in_the_same_words() {
        assertEquals(Optional.empty(), after(FinishReason.DECLINED, "no_title"));
        assertEquals(Optional.empty(), after(FinishReason.DECLINED, "unreadable"));
        assertEquals(Optional.of("declined (unreadable)"), after(FinishReason.DECLINED, "unreadable"));
    }

    @Test
    void what_the_night_cut_off_tells_nothing_and_what_passed_its_checks_begins_anew() {
        assertEquals(Optional.empty(), after(FinishReason.STEP_LIMIT, "16"));
        assertEquals(Optional.empty(), after(FinishReason.STOPPED, ""));
        assertEquals(Optional.empty(), after(FinishReason.ENGINE_LOST, "it fell silent"));
        assertEquals(Optional.empty(), after(FinishReason.CONFLICT, "another task"));
        assertEquals(Optional.empty(), after(FinishReason.STEP_LIMIT, "16"));
        assertEquals(Optional.empty(), after(FinishReason.ATTEMPTS_SPENT, ""));
        assertEquals(Optional.of("step_limit"), after(FinishReason.STEP_LIMIT, "17"));
        assertEquals(Optional.empty(), endings.stopping("b", 2));
        assertEquals(Optional.empty(), endings.stopping("a", 0));
    }
}
