package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.tool.Texts;

class SlugTest {
    private static final Set<Character.UnicodeScript> OTHER_SCRIPTS = EnumSet.complementOf(EnumSet.of(
            Character.UnicodeScript.LATIN,
            Character.UnicodeScript.GREEK,
            Character.UnicodeScript.COMMON,
            Character.UnicodeScript.INHERITED));

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
        "Straße Żółw Æbler Ørsted, strasse-zolw-aebler-orsted",
        "Þór Đorđe ħ Ŧ œuvre ŋ, thor-dorde-h-t-oeuvre-ng",
        "STRASSE STRAẞE, strasse-strasse",
        "Ελλάδα ΌΛΟΣ, ελλαδα-ολος",
        "Йод Ёлка, йод-ёлка",
        "दिल्ली की बारिश, दिल्ली-की-बारिश",
        "バス, バス",
        "パス, パス",
        "ハス, ハス",
        "ﾊﾞｽ, バス",
        "น้ำ กำ, น้ำ-กำ",
        "Ｆｕｌｌ Ｗｉｄｔｈ １, full-width-1",
        "Kaffee\u00admaschine, kaffeemaschine",
        "zero\u200bwidth, zerowidth",
        "می\u200cخواهم, میخواهم",
        "\u202eא\u202cב, אב",
        "Heart ❤\ufe0f 1\ufe0f\u20e3, heart-1",
        "a\u3164b \ufeffc, ab-c",
        "x² ½ № ™, x2-1-2-no-tm",
        "l’été d'hiver, lete-dhiver",
        "क'ख, कख",
        "Hawaiʻi ʻokina пʼять ŉ, hawaii-okina-пять-n",
        "㌔ 5 ㎏ 20 ℃, キロ-5-kg-20-c",
        "Paral·lel l · l a·b, parallel-l-l-a-b",
        "カ゛ス, カ-ス",
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
            assertTrue(
                    slug.matches("(?:[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}]*(?:-[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}]*)*)?"),
                    text + " → " + slug);
            assertEquals(slug, Slug.of(slug));
        }
    }

    @Test
    void titles_that_differ_in_a_letter_of_any_script_but_latin_and_greek_differ_in_the_slug() {
        var bySlug = new HashMap<String, String>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            var script = Character.UnicodeScript.of(c);
            boolean filler = c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
            var letter = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
            if (!filler && Character.isLetter(c) && Character.toLowerCase(c) == c && OTHER_SCRIPTS.contains(script)) {
                var other = bySlug.putIfAbsent(Slug.of("a " + Character.toString(c)), letter);
                assertTrue(other == null || other.equals(letter), letter + " and " + other);
            }
        }
        assertTrue(bySlug.size() > 10_000, "letters that were compared");
    }

    @Test
    void marks_of_other_scripts_tell_slugs_apart() {
        for (var pair : List.of("कि-की", "กิ-กี", "か-が", "и-й", "ب-بّ", "ש-שׁ", "ক-কা", "க-கா")) {
            int dash = pair.indexOf('-');
            assertNotEquals(Slug.of(pair.substring(0, dash)), Slug.of(pair.substring(dash + 1)), pair);
        }
    }
}
