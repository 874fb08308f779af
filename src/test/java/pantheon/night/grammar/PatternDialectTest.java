package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Violation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Grammar and validator read a pattern as ECMA-262 does, where other dialects read it otherwise. */
final class PatternDialectTest {
    record Reading(String pattern, List<String> taken, List<String> refused) {}

    private static Reading of(String pattern, List<String> taken, List<String> refused) {
        return new Reading(pattern, taken, refused);
    }

    static Stream<Reading> readings() {
        return Stream.of(
                of(
                        "^a\\sb$",
                        List.of("a b", "a\u00a0b", "a\ufeffb", "a\u2028b", "a\u000bb", "a\u3000b"),
                        List.of("a\u0085b", "a\u180eb", "ab")),
                of("^\\S$", List.of("\u0085", "a"), List.of("\u00a0", "\ufeff")),
                of(
                        "^a.b$",
                        List.of("a\u0085b", "a\u000bb", "a\tb", "a😀b"),
                        List.of("a\nb", "a\rb", "a\u2028b", "a\u2029b")),
                of("^a$", List.of("a"), List.of("a\n", "a\r\n", "\na", "b\na")),
                of("a$", List.of("a", "\na"), List.of("a\n", "a\nb")),
                of("^b", List.of("b"), List.of("a\nb")),
                of("^\\w$", List.of("a", "_", "7"), List.of("ä", "٣", "ſ")),
                of("^\\W$", List.of("ä", "-"), List.of("a")),
                of("^\\d$", List.of("7"), List.of("٣", "७")),
                of("^\\D$", List.of("٣"), List.of("7")),
                of("^\\bä", List.of(), List.of("ä")),
                of("a\\bä", List.of("aä"), List.of("ab")),
                of("^[a&&b]$", List.of("a", "&", "b"), List.of("c", "a&&b")),
                of("^[a-z&&[^b]]$", List.of("a]", "b]", "&]", "[]", "^]"), List.of("a", "c")),
                of("^[[a]]$", List.of("a]", "[]"), List.of("a", "[a]")),
                of("^[a[bc]]$", List.of("a]", "[]", "c]"), List.of("b", "a")),
                of("^[[:alpha:]]$", List.of("a]", ":]", "[]"), List.of("b", "b]")),
                of("^[^]$", List.of("a", "\n", "]", "\u2028"), List.of("", "ab")),
                of("^[]$", List.of(), List.of("", "]", "a")),
                of("^[]a]$", List.of(), List.of("a", "]", "a]")),
                of("^[^]a]$", List.of("xa]"), List.of("x", "a")),
                of("^a{,2}$", List.of("a{,2}"), List.of("", "a", "aa")),
                of("^a{2$", List.of("a{2"), List.of("aa")),
                of("^a{x}$", List.of("a{x}"), List.of("a")),
                of("^]}$", List.of("]}"), List.of("")),
                of("^(?<year>\\d+)-(?<ä_1>\\d)$", List.of("20-1"), List.of("20")),
                of("^\\cJ$", List.of("\n"), List.of("J", "cJ")),
                of("^\\cj$", List.of("\n"), List.of("*")),
                of("^[\\ca-\\cc]$", List.of("\u0001", "\u0003"), List.of("a", "-")),
                of("^\\0$", List.of("\u0000"), List.of("0")),
                of("^\\x41\\u0042\\u{43}$", List.of("ABC"), List.of("u{43}")),
                of("^\\u{1F600}$", List.of("😀"), List.of("u")),
                of("^\\uD83D\\uDE00$", List.of("😀"), List.of("")),
                of("^.$", List.of("😀", "a"), List.of("😀a", "")),
                of("^[😀-😂]{2}$", List.of("😀😁"), List.of("😀", "🤖🤖")),
                of("^[^a]$", List.of("😀"), List.of("a", "😀😀")),
                of("^[^\\uD800-\\uDFFF]$", List.of("-", "😀", "a"), List.of("")),
                of("^[\\b]$", List.of("\b"), List.of("b", "")),
                of("^\\/\\-\\_\\ \\:\\@\\\"\\'\\#$", List.of("/-_ :@\"'#"), List.of("/")),
                of("^[\\w-.]+$", List.of("a-.b"), List.of("/")),
                of("^[\\d-x]+$", List.of("1-x"), List.of("y")),
                of("^[a\\-z]+$", List.of("a-z"), List.of("b")),
                of("^[+--]$", List.of("+", ",", "-"), List.of(".")),
                of("^a #x$", List.of("a #x"), List.of("a")),
                of("^a|b$", List.of("ax", "xb"), List.of("xa", "bx")),
                of("^(?:a|ab)(?:c|bcd)?$", List.of("abcd", "ab", "abc"), List.of("abb")),
                of("^(?=a)*b$", List.of("b"), List.of("a")),
                of("^\\p{Lu}\\p{L}+$", List.of("Äb"), List.of("äB", "A1")),
                of("^\\p{Letter}\\P{Letter}$", List.of("a1"), List.of("ab")),
                of("^\\p{Script=Greek}$", List.of("λ"), List.of("l")),
                of("^\\p{sc=Grek}\\p{gc=Nd}$", List.of("λ٣"), List.of("l3")),
                of("^\\p{Alpha}$", List.of("ä", "a"), List.of("1")),
                of("^\\p{Alphabetic}\\p{White_Space}\\p{ASCII}\\p{Any}$", List.of("ä ab"), List.of("a ä1", "ab a1")),
                of("^\\p{Cn}|\\p{C}\\p{Emoji}$", List.of("\u0378", "\u00ad😀"), List.of("a")),
                of("^[\\p{Lu}\\d]+$", List.of("Ä1"), List.of("ä")),
                of("(?!^-$)^[-0-9]+$", List.of("1", "--"), List.of("-")),
                of("\\$\\^\\.", List.of("$^."), List.of("$^a")),
                of("^\\v\\t\\f$", List.of("\u000b\t\f"), List.of("\n\t\f")));
    }

    @ParameterizedTest
    @MethodSource("readings")
    void both_take_what_ecma_262_takes_and_no_more(Reading reading) {
        var json = Json.object().put("type", "string").put("pattern", reading.pattern());
        var schema = Schema.compile("test", json);
        // a second choice, so that a pattern that no string has leaves a grammar
        var either = Json.object();
        either.putArray("anyOf").add(json).addObject().put("type", "null");
        var grammar = Grammar.of(either);
        assertEquals(List.of(), grammar.loosenings());
        for (var text : reading.taken()) {
            assertTrue(schema.check(value(text)).isEmpty(), () -> "the validator on " + text);
            assertTrue(
                    Bytes.accepts(grammar.open(Bytes.MASKS), Json.write(value(text))), () -> "the grammar on " + text);
        }
        for (var text : reading.refused()) {
            assertEquals(1, schema.check(value(text)).size(), () -> "the validator on " + text);
            assertEquals(
                    false,
                    Bytes.accepts(grammar.open(Bytes.MASKS), Json.write(value(text))),
                    () -> "the grammar on " + text);
        }
    }

    private static JsonNode value(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    @ParameterizedTest
    @MethodSource("readings")
    void names_of_properties_are_read_the_same_way(Reading reading) {
        var json = Json.object().put("type", "object").put("additionalProperties", false);
        json.putObject("patternProperties").putObject(reading.pattern());
        var schema = Schema.compile("test", json);
        var grammar = Grammar.of(json);
        Stream.concat(reading.taken().stream(), reading.refused().stream()).forEach(name -> {
            var object = Json.object().put(name, 1);
            boolean right = reading.taken().contains(name);
            assertEquals(right, schema.check(object).isEmpty(), () -> "the validator on " + name);
            assertEquals(
                    right,
                    Bytes.accepts(grammar.open(Bytes.MASKS), Json.write(object)),
                    () -> "the grammar on " + name);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\A[a-z0-9-]+\\Z",
                "a\\z",
                "\\Ga",
                "\\Qa.b\\E",
                "\\h",
                "\\H+",
                "\\R",
                "\\X",
                "\\N{DIGIT ONE}",
                "\\e",
                "\\a",
                "\\pL",
                "\\p{IsL}",
                "\\p{InGreek}",
                "\\p{Greek}",
                "\\p{javaLowerCase}",
                "\\p{Alnum}",
                "\\p{lu}",
                "\\p{}",
                "\\P{Nonsense}",
                "\\p{Script_Extensions=Greek}",
                "\\01",
                "[\\1]",
                "\\1",
                "\\8(a)",
                "\\x4",
                "\\u00",
                "\\u{110000}",
                "\\u{}",
                "\\u{g}",
                "\\c1",
                "[\\c]",
                "[\\B]",
                "\\k<n>",
                "\\k",
                "a*+",
                "a++",
                "a?+",
                "a{2}+",
                "a**",
                "a{2}{3}",
                "{2}",
                "(?>a)",
                "(?i)a",
                "(?i:a)",
                "(?s).",
                "(?x) a",
                "(?P<n>a)",
                "(?P=n)",
                "(?#note)a",
                "(?|a)",
                "(?R)",
                "(?(1)a|b)",
                "(?<1n>a)",
                "(?<n",
                "(?'n'a)",
                "^*",
                "$+",
                "\\b?",
                "(?<=a)*",
                "(",
                ")",
                "a)",
                "[a",
                "*",
                "+a",
                "?",
                "[z-a]",
                "a{3,1}",
                "\\",
                "[\\",
                "(?<n>a)\\k<m>",
                "(a)\\1"
            })
    void what_ecma_262_does_not_have_is_refused_at_start_with_its_reason(String pattern) {
        var json = Json.object().put("pattern", pattern);
        var refused = assertThrows(NightException.class, () -> Schema.compile("arguments of mine", json));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        var message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("\"arguments of mine\"") && message.contains(pattern), message);
        assertEquals(1, Grammar.of(json).loosenings().size());
    }

    @Test
    void a_pattern_is_searched_for_in_long_texts() {
        var text = value("a".repeat(200_000));
        for (var pattern : List.of("^[ab]+$", "^a*$", "a$")) {
            assertEquals(List.of(), check(pattern, text));
        }
        for (var pattern : List.of("^[ab]+b$", "(?<!a)b", "^b")) {
            assertEquals(1, check(pattern, text).size());
        }
    }

    private static List<Violation> check(String pattern, JsonNode text) {
        return Schema.compile("test", Json.object().put("pattern", pattern)).check(text);
    }
}
