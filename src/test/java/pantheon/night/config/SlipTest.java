package pantheon.night.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Guessing what a wrong word was meant to be. */
final class SlipTest {
    private static final List<String> KEYS = List.of("path", "threads", "contextTokens");

    @Test
    void a_word_up_to_two_changes_away_is_meant() {
        assertEquals("threads", Slip.nearest("thread", KEYS));
        assertEquals("threads", Slip.nearest("thraeds", KEYS));
        assertEquals("contextTokens", Slip.nearest("context_tokens", KEYS));
        assertEquals("path", Slip.nearest("PATH", KEYS));
        assertEquals("path", Slip.nearest("paths", KEYS));
    }

    @Test
    void a_short_word_is_meant_by_one_change_or_two_neighbours_that_changed_places() {
        assertEquals("path", Slip.nearest("ptah", KEYS));
        assertEquals("path", Slip.nearest("pth", KEYS));
        assertEquals("--path", Slip.nearest("--pth", List.of("--path")));
        assertNull(Slip.nearest("gate", List.of("later")));
        assertNull(Slip.nearest("pt", KEYS));
        assertNull(Slip.nearest("--q", List.of("--path")));
    }

    @Test
    void a_word_that_was_only_begun_is_meant() {
        assertEquals("contextTokens", Slip.nearest("cont", KEYS));
        assertNull(Slip.nearest("co", KEYS));
    }

    @Test
    void a_word_farther_away_is_not() {
        assertNull(Slip.nearest("tokens", KEYS));
        assertNull(Slip.nearest("", KEYS));
        assertNull(Slip.nearest("p", KEYS));
        assertNull(Slip.nearest("thread", List.of()));
    }

    @Test
    void the_nearest_is_taken_and_of_several_the_first() {
        assertEquals("stop", Slip.nearest("step", List.of("stop", "steps", "stem")));
        assertEquals("keys", Slip.nearest("kexs", List.of("kits", "keys")));
    }
}
