package pantheon.night.training.secrets;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The secrets here are made up. */
final class KnownSecretsTest {
    private static final String KEY = "q7Zx-Lm3 tR9w";

    private static boolean areIn(KnownSecrets known, String text) {
        return known.areIn(ComposedText.of(text));
    }

    private static KnownSecrets of(String... secrets) {
        var known = new KnownSecrets();
        known.add(List.of(secrets));
        return known;
    }

    @Test
    void a_secret_is_known_wherever_it_stands() {
        var known = of(KEY);
        for (int before = 0; before < 25; before++) {
            assertTrue(areIn(known, "x".repeat(before) + KEY), "at " + before);
            assertTrue(areIn(known, "x".repeat(before) + "q7zxlm3tr9w" + "x".repeat(25 - before)), "at " + before);
            assertFalse(areIn(known, "x".repeat(before) + "q7zxlm3-r9w"), "at " + before);
        }
    }

    @Test
    void ten_letters_of_a_longer_one_are_enough_and_nine_are_not() {
        var letters = "a1b2c3d4e5f6g7h8i9j0";
        var known = of(letters);
        for (int from = 0; from <= letters.length() - 10; from++) {
            for (int before = 0; before < 10; before++) {
                var ten = "z".repeat(before) + letters.substring(from, from + 10);
                assertTrue(areIn(known, ten + "z"), ten);
                assertFalse(areIn(known, ten.substring(0, ten.length() - 1) + "z"), ten);
            }
        }
    }

    @Test
    void a_short_one_is_known_as_a_word_alone() {
        var known = of("k4jd8z1");
        assertTrue(areIn(known, "a list: k4jd8z1, and more"));
        assertTrue(areIn(known, "K4JD8Z1"));
        assertFalse(areIn(known, "k4jd8z12"));
        assertFalse(areIn(known, "ak4jd8z1"));
    }

    @Test
    void what_is_letters_alone_or_digits_alone_is_not_kept() {
        var known = of("onlylettershere", "123456789012345");
        assertFalse(areIn(known, "onlylettershere 123456789012345"));
    }
}
