package pantheon.night.language.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.UnsupportedPattern;

final class EcmaPatternTest {
    /** Patterns that mean the same to Java, whose matcher then says what is right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "^a",
                "a$",
                "^a$",
                "^$",
                "",
                "a|b",
                "^(a|b)$",
                "^a|b$",
                "(^a|b$)c?",
                "^(?:ab)+$",
                "ab{2}",
                "^a{2,}$",
                "^a{1,3}b?$",
                "^[ab]+c$",
                "^[^ab]$",
                "^\\w+$",
                "\\d",
                "^\\s*$",
                "^\\S+\\D$",
                "a.c",
                "^a*?b+?$",
                "[a-c1-3_-]",
                "^(a(b(c)?)?)?$",
                "\\bab\\b",
                "a\\Bb",
                "^\\b",
                "^(?=.*1)[ab1]+$",
                "^(?!ab).*$",
                "^a(?!b)",
                "^(?=a|b)(?!ac)",
                "^\\x61\\u0062$",
                "^(?<name>a)b$",
                "^[\\]\\-a]+$",
                "a^b",
                "x*",
                "^(a|ab)(c|bcd)$",
                "(?:^|,)a(?:,|$)",
                "^.{0,2}$"
            })
    void finds_what_a_matcher_finds(String pattern) {
        var language = EcmaPattern.language(pattern);
        var matcher = Pattern.compile(pattern.replace("$", "\\z"), Pattern.DOTALL);
        var random = new Random(7);
        for (int i = 0; i < 4_000; i++) {
            var text = random(random);
            if (pattern.contains(".") && text.contains("\n")) {
                continue; // the dot means other things to the two
            }
            assertEquals(matcher.matcher(text).find(), Automatons.accepts(language, text), pattern + " on " + text);
        }
    }

    private static String random(Random random) {
        var letters = "aabbcc1 ,_d\n-]";
        var text = new StringBuilder();
        for (int i = random.nextInt(7); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "^.$, 😀, true", "^\\u{1F600}$, 😀, true", "^\\uD83D\\uDE00$, 😀, true", "^[😀-😂]$, 😁, true",
                "^[😀-😂]$, 🤖, false",
        "^\\p{Lu}+$, ÄÖ, true", "^\\p{Lu}+$, äö, false", "^\\p{Script=Greek}$, λ, true", "^\\p{L}$, 1, false",
                "^\\cJ$, x, false",
        "^{$, {, true", "'^a{,2}$', 'a{,2}', true", "^\\d$, ٣, false", "^\\w$, ä, false"
    })
    void reads_what_ecma_262_has_beyond_java(String pattern, String text, boolean found) {
        assertEquals(found, Automatons.accepts(EcmaPattern.language(pattern), text));
    }

    @ParameterizedTest
    @CsvSource({
        "'(a)\\1', back-reference", "'(?<=a)b', look-behind", "'(?<!a)b', look-behind", "'^*', repeat of an anchor",
                "'(a', not closed",
        "'a)', closes nothing", "'[a', not closed", "'*a', repeat of nothing", "'[b-a]', wrong way round",
                "'a{3,1}', wrong way round",
        "'\\p{Nonsense}', unknown property"
    })
    void refuses_what_it_cannot_hold_by_name(String pattern, String named) {
        var refused = assertThrows(UnsupportedPattern.class, () -> EcmaPattern.language(pattern));
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(a|a)*$",
                "(x+x+)+y",
                "^(([a-z])+.)+[A-Z]([a-z])+$",
                "a{1000000}",
                "((a{50}){50}){50}",
                "^(.*a){12}.*$",
                "(a|aa|aaa|aaaa)*b{100}",
                "^(?:a?){80}a{80}$"
            })
    void ends_on_catastrophic_patterns(String pattern) {
        try {
            assertFalse(Automatons.accepts(EcmaPattern.language(pattern), "!"));
        } catch (UnsupportedPattern e) {
            assertTrue(String.valueOf(e.getMessage()).contains("too"), e.getMessage());
        }
    }

    /** What was under way is dropped once one is found, so that states are not multiplied by one another. */
    @Test
    void a_choice_of_many_words_anywhere_has_about_as_many_states_as_letters() {
        var words = java.util.stream.IntStream.range(0, 40)
                .mapToObj(i -> "word" + i)
                .toList();
        var language = EcmaPattern.language(String.join("|", words));
        assertTrue(language.getNumStates() <= 60, language.getNumStates() + " states");
        assertTrue(Automatons.accepts(language, "some word39 is here"));
        assertFalse(Automatons.accepts(language, "wor39"));
    }

    @Test
    void a_group_nested_too_deeply_is_refused() {
        var deep = "(".repeat(5_000) + ")".repeat(5_000);
        assertThrows(UnsupportedPattern.class, () -> EcmaPattern.language(deep));
    }
}
