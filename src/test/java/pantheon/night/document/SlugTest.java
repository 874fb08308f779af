package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.tool.Texts;

class SlugTest {
    @ParameterizedTest
    @CsvSource({
        "Hello World, hello-world",
        "'  A -- b__C.d/e  ', a-b-c-d-e",
        "Don't panic, dont-panic",
        "The dog’s bone, the-dogs-bone",
        "'''quoted''', quoted",
        "Crème brûlée & Äpfel, creme-brulee-apfel",
        "İstanbul, istanbul",
        "ﬁne ⅷ, fine-viii",
        "日本語 タイトル, 日本語-タイトル",
        "한국어, 한국어",
        "C++ 17 in 2020, c-17-in-2020",
        "😀, ''",
        "'', ''",
    })
    void is_lower_case_words_joined_by_hyphens(String text, String slug) {
        assertEquals(slug, Slug.of(text));
    }

    @Test
    void of_any_text_is_a_slug_and_its_own_slug() {
        var random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            var text = Texts.random(random) + Texts.random(random);
            var slug = Slug.of(text);
            assertTrue(slug.matches("(?:[\\p{L}\\p{N}]+(?:-[\\p{L}\\p{N}]+)*)?"), text + " → " + slug);
            assertEquals(slug, Slug.of(slug));
        }
    }
}
