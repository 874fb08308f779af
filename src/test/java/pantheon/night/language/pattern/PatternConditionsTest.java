package pantheon.night.language.pattern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.language.automaton.Automatons;

/** Anchors, borders and look-aheads at every place, by another engine where it reads them alike: Java's. */
final class PatternConditionsTest {
    /** All strings of some characters, up to five long. */
    private static final List<String> TEXTS = texts("a-1", 5);

    private static List<String> texts(String letters, int longest) {
        var texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            if (text.length() < longest) {
                letters.chars().forEach(c -> texts.add(text + (char) c));
            }
        }
        return texts;
    }

    private static void bothFindWhatJavaFinds(String pattern) {
        var java = Pattern.compile(pattern.replace("$", "\\z"));
        var matcher = PatternMatcher.of(pattern);
        var language = EcmaPattern.language(pattern);
        for (var text : TEXTS) {
            boolean right = java.matcher(text).find();
            assertEquals(right, matcher.finds(text), () -> "search of " + pattern + " in " + text);
            assertEquals(right, Automatons.accepts(language, text), () -> "automaton of " + pattern + " on " + text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(?!^-$)[-1]+$",
                "^(?!^[-+.]*$)[+-]?0*1*\\.?1*$",
                "(?=^a)a",
                "(?!^a)a",
                "a(?=^)",
                "a(?!^)-",
                "a(?=$)",
                "a(?!$)",
                "(?=a$)a",
                "(?=-|^)a",
                "(?!-|^)a",
                "(?=(?!^)a)",
                "(?!(?=a$)a)a",
                "(?=(?=(?=a)a)a)a",
                "(?!(?!(?!a)))",
                "(?:(?!--).)*$",
                "^(?:(?!--).)*$",
                "^(?:(?=a)a|(?!a)-)+$",
                "^(?:(?=.*1)|a)-",
                "^(?:(?!a)[a-])?1",
                "^(?=a)?-$",
                "^(?!a)*a$",
                "^(?=a){2}a",
                "(?:^|-)a(?:-|$)",
                "(?:^a|-$){2}",
                "(^)*a($)*",
                "(?:^)+-",
                "(?:^a?)+1",
                "^^a$$",
                "$^",
                "a$^b",
                "a|^$",
                "^(?=a|^-)(?!.*1$)",
                "\\b(?=a)",
                "(?!\\b)a",
                "(?=\\Ba)a",
                "^(?!\\b)",
                "(?:\\b-)+",
                "(?:\\b|-)+1\\B",
                "(?=.*a)(?=.*1)(?!.*--)",
                "^(?=.{2,3}$)(?!1)[a1]*-?[a1]*$"
            })
    void a_condition_holds_wherever_it_stands(String pattern) {
        bothFindWhatJavaFinds(pattern);
    }

    @Test
    void patterns_by_chance_are_found_where_java_finds_them() {
        var random = new Random(17);
        int conditions = 0;
        for (int i = 0; i < 600; i++) {
            var pattern = pattern(random, 3);
            conditions += pattern.matches(".*[$^(].*") ? 1 : 0;
            bothFindWhatJavaFinds(pattern);
        }
        assertTrue(conditions > 400, conditions + " with conditions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?<=a)1", "(?<!a)1", "(?<=^a)-", "(?<!^)a", "(?<=a(?=-))-", "(?<![a-])1$", "(?!(?<=a)1)."})
    void a_look_behind_is_searched_for_though_no_automaton_holds_it(String pattern) {
        var java = Pattern.compile(pattern.replace("$", "\\z"));
        var matcher = PatternMatcher.of(pattern);
        for (var text : TEXTS) {
            assertEquals(java.matcher(text).find(), matcher.finds(text), () -> pattern + " in " + text);
        }
    }

    private static String pattern(Random random, int depth) {
        var parts = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            parts.append(part(random, depth));
        }
        return parts.toString();
    }

    private static String part(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 14)) {
            case 0 -> "a";
            case 1 -> "-";
            case 2 -> "[a1]";
            case 3 -> ".";
            case 4 -> "^";
            case 5 -> "$";
            case 6 -> "\\b";
            case 7 -> "a*";
            case 8 -> "(?=" + pattern(random, depth - 1) + ")";
            case 9 -> "(?!" + pattern(random, depth - 1) + ")";
            case 10 -> "(?:" + pattern(random, depth - 1) + ")?";
            case 11 -> "(?:" + pattern(random, depth - 1) + ")*";
            case 12 -> "(?:" + pattern(random, depth - 1) + "){1,2}";
            default -> "(?:" + pattern(random, depth - 1) + "|" + pattern(random, depth - 1) + ")";
        };
    }
}
