package pantheon.night.grammar.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.Narrowing;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.call.CallForm;

final class GrammarExportTest {
    private static final String FLAG = """
            {"type": "object", "properties": {"on": {"type": "boolean"}, "n": {"enum": [1, 2]}},
             "required": ["on"], "additionalProperties": false}""";

    private static TurnGrammar turn(String schema) {
        return TurnGrammar.of(
                ChatFormats.QWEN.call(), List.of(new ToolCard("flag", "sets a flag", Json.parse(schema))));
    }

    private static Exported exported(String schema, Dialect dialect, @Nullable Vocabulary vocabulary) {
        return GrammarExport.of(turn(schema), dialect, vocabulary).whole();
    }

    private static Exported exported(String schema, Dialect dialect) {
        return exported(schema, dialect, null);
    }

    private static Vocabulary withControls() {
        return Vocabulary.of(Json.parse("""
                {"model": {"vocab": {"a": 0}}, "pre_tokenizer": {"type": "ByteLevel"}, "decoder": {"type": "ByteLevel"},
                 "added_tokens": [{"id": 7, "content": "<tool_call>", "special": true},
                                  {"id": 8, "content": "</tool_call>", "special": true}]}"""));
    }

    private static String property(String name, String schema) {
        return "{\"type\": \"object\", \"properties\": {\"%s\": %s}, \"additionalProperties\": false}"
                .formatted(name, schema);
    }

    @Test
    void a_turn_is_rules_over_characters_for_llama_cpp() {
        assertEquals(
                List.of(
                        "root ::= \"<tool_call>\\n{\\\"name\\\": \\\"flag\\\", \\\"arguments\\\": \" r0 \"}\\n</tool_call>\"",
                        "r0 ::= \"{\" r4 r9",
                        "r1 ::= r2",
                        "r2 ::= \"fals\" r3 | \"tru\" r3",
                        "r3 ::= \"e\"",
                        "r4 ::= \"\\\"on\\\": \" r1"),
                exported(FLAG, Dialect.GBNF).text().lines().limit(6).toList());
    }

    @Test
    void a_turn_is_rules_over_words_for_llguidance() {
        var text = exported(FLAG, Dialect.LARK).text();
        assertTrue(
                text.startsWith(
                        "%llguidance {\"no_forcing\": true}\nstart: \"<tool_call>\\u000a{\\\"name\\\": \\\"flag\\\""),
                text);
        assertTrue(text.contains(": /false|true/\n"), text);
    }

    @Test
    void the_ends_of_a_call_are_the_control_tokens_that_the_model_has() {
        assertTrue(exported(FLAG, Dialect.GBNF, withControls()).text().startsWith("root ::= <[7]> \"\\n{"));
        assertTrue(exported(FLAG, Dialect.LARK, withControls())
                .text()
                .startsWith("%llguidance {\"no_forcing\": true}\nstart: <[7]> \"\\u000a{"));
        assertTrue(exported(FLAG, Dialect.EBNF, withControls()).text().startsWith("root ::= Token(7) \"\\n{"));
        assertTrue(exported(FLAG, Dialect.EBNF, withControls()).text().contains(" \"}\\n\" Token(8)\n"));
    }

    @Test
    void no_character_is_escaped_with_two_digits() {
        var schema = property(
                "a",
                "{\"type\": \"string\", \"pattern\": \"^[\\\\x00-\\\\x1f\\\\x7f-\\\\xffABC]\\u20ac\\ud83d\\ude00$\"}");
        for (var dialect : List.of(Dialect.GBNF, Dialect.EBNF)) {
            var text = exported(schema, dialect).text();
            assertFalse(text.contains("\\x"), text);
            assertTrue(text.contains("\\u20AC\\U0001F600") && text.contains("-\\u00FF]"), text);
            assertTrue(text.chars().allMatch(c -> c < 0x7F), text);
        }
    }

    @Test
    void llama_cpp_never_gets_a_bound_that_it_would_take_for_none() {
        var text = exported(property("a", "{\"type\": \"string\", \"maxLength\": 200000}"), Dialect.GBNF)
                .text();
        var bounds = text.lines()
                .flatMap(line -> java.util.regex.Pattern.compile("\\{\\d*,?(\\d+)\\}")
                        .matcher(line)
                        .results())
                .mapToInt(bound -> Integer.parseInt(bound.group(1)))
                .summaryStatistics();
        assertTrue(bounds.getCount() > 4 && bounds.getMax() <= 64, text);
        assertEquals(
                List.of(),
                exported(property("a", "{\"type\": \"string\", \"maxLength\": 200000}"), Dialect.GBNF)
                        .loosenings());
    }

    @Test
    void llguidance_takes_bounds_as_they_are() {
        var text = exported(property("a", "{\"type\": \"string\", \"maxLength\": 4000}"), Dialect.LARK)
                .text();
        assertTrue(text.contains("{0,4000}"), text);
    }

    @Test
    void llguidance_gets_a_pattern_as_it_was_written_with_its_repeats() {
        var schema = property("a", "{\"type\": \"string\", \"pattern\": \"^[a-f]{2,99}(?:x|yz)$\", \"maxLength\": 80}");
        var text = exported(schema, Dialect.LARK).text();
        assertTrue(text.contains("/\\x{22}[a-f]{2,99}(?:x|yz)\\x{22}/ & /"), text);
        assertTrue(text.contains("){0,80}\\x{22}/"), text);
    }

    @Test
    void what_xgrammar_holds_at_no_fair_price_is_let_go_by_name() {
        var schema = property("summary", "{\"type\": \"string\", \"maxLength\": 500}");
        assertEquals(
                List.of("flag/summary: bounds above 128 characters are not held"),
                exported(schema, Dialect.EBNF).loosenings().stream()
                        .map(Object::toString)
                        .toList());
        assertEquals(
                List.of(),
                exported(property("summary", "{\"type\": \"string\", \"maxLength\": 128}"), Dialect.EBNF)
                        .loosenings());
    }

    @ParameterizedTest
    @EnumSource
    void an_open_object_may_have_a_name_twice_and_the_export_says_so(Dialect dialect) {
        var exported = exported(property("more", "{\"type\": \"object\"}"), dialect);
        assertEquals(List.of(), exported.loosenings());
        assertTrue(
                exported.twice().toString().contains("flag/more: a name that the schema does not know may come twice"),
                exported.twice().toString());
        assertEquals(List.of(), exported(FLAG, dialect).twice());
    }

    @Test
    void what_cannot_be_written_is_refused_with_the_tool_and_the_argument() {
        var schema = property("n", "{\"type\": \"integer\", \"multipleOf\": 997}");
        var e = assertThrows(NightException.class, () -> exported(schema, Dialect.LARK));
        assertEquals(ExitCode.CONFIG, e.exitCode());
        assertTrue(
                String.valueOf(e.getMessage())
                        .startsWith("the grammar of flag/n cannot be written for llguidance: it has"),
                e.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void a_narrowed_turn_allows_its_choices_alone_and_shares_the_rest(Dialect dialect) {
        var schema = """
                {"type": "object", "properties": {"label": {"type": "string"}, "why": {"type": "string", "maxLength": 90}},
                 "required": ["label", "why"], "additionalProperties": false}""";
        var turn = turn(schema);
        var export = GrammarExport.of(turn, dialect, null);
        var labels = new Narrowing(
                "flag", "label", Json.parse("[\"bug\", \"wish\"]").valueStream().toList());
        var narrowed = export.narrowed(turn.narrowed(List.of(labels))).text();
        assertTrue(narrowed.contains("bug") && narrowed.contains("wish"), narrowed);
        assertFalse(export.whole().text().contains("bug"));
        var shared = export.whole().text().lines().collect(Collectors.toSet());
        assertTrue(narrowed.lines().filter(shared::contains).count() >= 2, narrowed);
        assertEquals(narrowed, export.narrowed(turn.narrowed(List.of(labels))).text());
    }

    @ParameterizedTest
    @EnumSource
    void as_many_choices_as_results_can_bring_are_held(Dialect dialect) {
        var schema = """
                {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"],
                 "additionalProperties": false}""";
        var random = new Random(1);
        var paths = Json.MAPPER.createArrayNode();
        for (int i = 0; i < 256; i++) {
            paths.add("docs/%s/%s.md".formatted(word(random, 60), word(random, 50)));
        }
        var choices = new Narrowing("flag", "path", paths.valueStream().toList());
        var turn = turn(schema);
        var export = GrammarExport.of(turn, dialect, null).narrowed(turn.narrowed(List.of(choices)));
        assertTrue(export.loosenings().isEmpty());
        assertTrue(
                export.text().length() < 1_000_000,
                () -> String.valueOf(export.text().length()));
    }

    private static String word(Random random, int length) {
        return random.ints(length, 0, 400).mapToObj(Character::toString).collect(Collectors.joining());
    }

    private static Exported called(CallForm form, String value, Dialect dialect) {
        var turn = TurnGrammar.of(form, List.of(new ToolCard("flag", "sets", Json.parse(property("v", value)))));
        return GrammarExport.of(turn, dialect, null).whole();
    }

    @Test
    void calls_of_python_are_written_with_their_arguments_by_name() {
        var form = new CallForm.OfPython("", "[", ", ", "]", "", CallForm.OfPython.Values.PYTHON);
        var text = called(form, "{\"type\": \"boolean\"}", Dialect.LARK).text();
        assertTrue(text.contains("start: \"[flag(\" (r2 \")]\" | \")]\")\n") && text.contains("r2: \"v=\" r0"), text);
        assertTrue(text.contains("/False|True/"), text);
    }

    @Test
    void a_string_without_quotes_is_one_word_with_what_ends_it() {
        var form = new CallForm.OfXml("", "<f=", ">", "<p=", ">", "\n</p>", "</f>", "", false, List.of());
        var text = called(form, "{\"enum\": [\"a\", \"b\"]}", Dialect.LARK).text();
        assertTrue(text.contains("/[a-b]\\x{a}\\x{3c}\\x{2f}p\\x{3e}/"), text);
        var e = assertThrows(
                NightException.class, () -> called(form, "{\"type\": [\"string\", \"array\"]}", Dialect.LARK));
        assertTrue(
                String.valueOf(e.getMessage())
                        .contains(
                                "the grammar of flag/v cannot be written for llguidance: it has lists or objects beside strings without quotes"),
                e.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void a_thousand_properties_are_written_in_time(Dialect dialect) {
        var properties = IntStream.range(0, 1_000)
                .mapToObj("\"key%d\": {\"type\": \"integer\"}"::formatted)
                .collect(Collectors.joining(", "));
        var schema =
                "{\"type\": \"object\", \"properties\": {%s}, \"additionalProperties\": false}".formatted(properties);
        assertTrue(exported(schema, dialect).text().length() < 300_000);
    }
}
