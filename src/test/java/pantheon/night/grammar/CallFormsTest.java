package pantheon.night.grammar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.ToolCard;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.prompt.call.CallForm;
import pantheon.night.prompt.call.CallForm.OfPython.Values;

/** Calls that are no JSON, byte by byte. */
final class CallFormsTest {
    private static final CallForm XML = xml(false);
    private static final CallForm PYTHON = new CallForm.OfPython("", "[", ", ", "]", "", Values.PYTHON);
    private static final CallForm QUOTED = new CallForm.OfPython("{", "[", ", ", "]", "}", Values.QUOTED);
    private static final Vocabulary NONE = Vocabulary.of(Json.parse("""
            {"model": {"vocab": {"a": 0}}, "added_tokens": [], "pre_tokenizer": {"type": "ByteLevel"},
             "decoder": {"type": "ByteLevel"}}"""));

    private static CallForm xml(boolean pythonWords) {
        return new CallForm.OfXml(
                "<tool_call>",
                "\n<function=",
                ">\n",
                "<parameter=",
                ">\n",
                "\n</parameter>\n",
                "</function>\n",
                "</tool_call>",
                pythonWords,
                List.of("<|im_end|>"));
    }

    private static TurnGrammar grammar(CallForm form, String properties, String... required) {
        var schema = Json.object().put("type", "object").put("additionalProperties", false);
        schema.set("properties", Json.parse(properties));
        var names = schema.putArray("required");
        List.of(required).forEach(names::add);
        return TurnGrammar.of(form, List.of(new ToolCard("f", "F.", schema)));
    }

    private static boolean accepts(TurnGrammar grammar, String text) {
        return Bytes.accepts(grammar.open(NONE, Bytes.MASKS), text);
    }

    private static String call(String parameters) {
        return "<tool_call>\n<function=f>\n" + parameters + "</function>\n</tool_call>";
    }

    private static String parameter(String name, String value) {
        return "<parameter=" + name + ">\n" + value + "\n</parameter>\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "a \"b\" \\ c",
                "one\ntwo",
                "\n",
                "</parameter",
                "\n</parameter x",
                "ü🦀",
                "\u0001\t",
                "<b>"
            })
    void a_string_is_written_as_it_is(String value) {
        var grammar = grammar(XML, "{\"s\": {\"type\": \"string\"}}", "s");
        assertTrue(accepts(grammar, call(parameter("s", value))));
        assertFalse(accepts(grammar, call("")));
        assertFalse(accepts(grammar, call(parameter("s", value) + parameter("s", value))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n</parameter>", "</parameter>", "x\n</parameter>\ny", "<|im_end|>", "a<|im_end|>b"})
    void a_string_that_holds_its_end_or_a_control_text_cannot_be_written(String value) {
        assertFalse(accepts(grammar(XML, "{\"s\": {\"type\": \"string\"}}", "s"), call(parameter("s", value))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "string", "minLength": 2, "maxLength": 3} | ab  | true
            {"type": "string", "minLength": 2, "maxLength": 3} | a\\n | true
            {"type": "string", "minLength": 2, "maxLength": 3} | abcd| false
            {"type": "string", "minLength": 2, "maxLength": 3} | a   | false
            {"type": "string", "pattern": "^[a-z]+\\n$"}       | a\\n | true
            {"type": "string", "pattern": "^[a-z]+$"}          | a\\n | false
            {"enum": ["a", "b c", 5, true]}                    | b c | true
            {"enum": ["a", "b c", 5, true]}                    | 5   | true
            {"enum": ["a", "b c", 5, true]}                    | true| true
            {"enum": ["a", "b c", 5, true]}                    | "a" | false
            {"enum": ["5", 5]}                                 | 5   | true
            {"type": "integer", "maximum": 12}                 | 12  | true
            {"type": "integer", "maximum": 12}                 | 13  | false
            {"type": "boolean"}                                | true| true
            {"type": "boolean"}                                | True| false
            {"type": ["string", "null"]}                       | null| true
            {"type": ["string", "null"]}                       | nul | true
            {"type": "array", "items": {"type": "string"}}     | ["a", "b"] | true
            {"type": "array", "items": {"type": "string"}}     | ["a","b"]  | false
            {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": false} | {"a": 1} | true
            """)
    void a_value_is_typed_by_its_schema(String schema, String value, boolean fits) {
        var grammar = grammar(XML, "{\"v\": " + schema + "}", "v");
        assertEquals(fits, accepts(grammar, call(parameter("v", value.replace("\\n", "\n")))));
    }

    @Test
    void words_may_be_pythons() {
        var grammar = grammar(xml(true), "{\"v\": {\"type\": [\"boolean\", \"null\", \"string\"]}}", "v");
        for (var word : List.of("True", "False", "None", "true", "Trueish")) {
            assertTrue(accepts(grammar, call(parameter("v", word))), word);
        }
        assertFalse(accepts(grammar(xml(true), "{\"v\": {\"type\": \"boolean\"}}", "v"), call(parameter("v", "true"))));
    }

    @Test
    void arguments_come_in_the_schemas_order_and_required_ones_all() {
        var grammar = grammar(
                XML,
                "{\"a\": {\"type\": \"integer\"}, \"b\": {\"type\": \"integer\"}, \"ab\": {\"type\": \"integer\"}}",
                "b");
        assertTrue(accepts(grammar, call(parameter("b", "1"))));
        assertTrue(accepts(grammar, call(parameter("a", "1") + parameter("b", "2") + parameter("ab", "3"))));
        assertTrue(accepts(grammar, call(parameter("b", "2") + parameter("ab", "3"))));
        assertFalse(accepts(grammar, call(parameter("a", "1"))));
        assertFalse(accepts(grammar, call(parameter("b", "1") + parameter("a", "2"))));
        assertFalse(accepts(grammar, call(parameter("c", "1") + parameter("b", "2"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {[f(s="a")]}             | false
            {[f(s='a')]}             | true
            {[f(s='')]}              | true
            {[f(s='it\\'s', b=True)]} | true
            {[f(s='a\\nb"c\\\\')]}   | true
            {[f(s='it's')]}          | false
            {[f(s='a', b=true)]}     | false
            {[f(s='a', n=1.5)]}      | true
            {[f(s='a', n=1.5,l=[])]} | false
            {[f(s='a', l=["x", null])]} | true
            {[f(s='a',b=True)]}      | false
            {[f( s='a')]}            | false
            {[f()]}                  | false
            {[f(s='\\u003c')]}       | true
            {[f(s='\\u003d')]}       | false
            """)
    void strings_between_single_quotes(String text, boolean fits) {
        var grammar = grammar(QUOTED, """
                {"s": {"type": "string"}, "b": {"type": ["boolean", "null"]}, "n": {"type": "number"},
                 "l": {"type": "array", "items": {"type": ["string", "null"]}}}""", "s");
        assertEquals(fits, accepts(grammar, text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [f(v="a")]                       | true
            [f(v=None)]                      | true
            [f(v={"k": [True, None, "x"]})]  | true
            [f(v={"k": [true]})]             | false
            [f(v={"k": ["\\\\/"]})]          | false
            [f()]                            | true
            [f(v={"e": "one"})]              | true
            [f(v={"e": {"a": [True]}})]      | true
            [f(v={"e": {"a": [true]}})]      | false
            """)
    void all_values_as_python_has_them(String text, boolean fits) {
        var grammar = grammar(PYTHON, """
                {"v": {"type": ["string", "null", "object"], "additionalProperties": false, "properties": {
                   "k": {"type": "array", "items": {"type": ["boolean", "null", "string"]}},
                   "e": {"enum": ["one", {"a": [true]}]}}}}""");
        assertEquals(fits, accepts(grammar, text.replace("\\\\", "\\")));
    }

    @Test
    void choices_of_a_task_narrow_every_form() {
        for (var form : List.of(XML, PYTHON)) {
            var values = Json.parse("[\"it's\", \"b\", 7]").valueStream().toList();
            var grammar = grammar(form, "{\"s\": {\"type\": [\"string\", \"integer\"]}}", "s")
                    .narrowed(List.of(new Narrowing("f", "s", values)));
            boolean isXml = form.equals(XML);
            assertTrue(accepts(grammar, isXml ? call(parameter("s", "it's")) : "[f(s=\"it's\")]"));
            assertTrue(accepts(grammar, isXml ? call(parameter("s", "b")) : "[f(s=\"b\")]"));
            assertTrue(accepts(grammar, isXml ? call(parameter("s", "7")) : "[f(s=7)]"));
            assertFalse(accepts(grammar, isXml ? call(parameter("s", "c")) : "[f(s=\"c\")]"));
            assertFalse(accepts(grammar, isXml ? call(parameter("s", "8")) : "[f(s=8)]"));
        }
    }

    @Test
    void what_surely_suffices_suffices() {
        var grammar = grammar(
                XML, "{\"s\": {\"type\": \"string\", \"minLength\": 4}, \"n\": {\"type\": \"integer\"}}", "s", "n");
        var shortest = call(parameter("s", "aaaa") + parameter("n", "1"));
        var matcher = grammar.open(NONE, Bytes.MASKS);
        for (int i = 0; i < shortest.length(); i++) {
            assertTrue(matcher.rest() <= shortest.length() - i, i + ": " + matcher.rest());
            assertTrue(matcher.rest() >= shortest.length() - i, i + ": " + matcher.rest());
            assertTrue(matcher.allows(shortest.charAt(i), matcher.rest()), () -> shortest);
            matcher.take(shortest.charAt(i));
        }
        assertEquals(0, matcher.rest());
    }

    @Test
    void what_must_come_is_known() {
        var grammar = grammar(XML, "{\"s\": {\"type\": \"string\"}}", "s");
        assertEquals(
                "<tool_call>\n<function=f>\n<parameter=s>\n",
                new String(grammar.open(NONE, Bytes.MASKS).forced().bytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a b\": {}}", "{\"a>\": {}}", "{\"\": {}}", "{\"a=\": {}}"})
    void a_name_that_cannot_be_written_is_refused(String properties) {
        assertThrows(NightException.class, () -> grammar(XML, properties));
        assertThrows(NightException.class, () -> grammar(PYTHON, properties));
        grammar(new CallForm.OfJson("", "", "", "", "x"), properties);
    }

    @Test
    void arguments_that_have_no_names_are_refused() {
        var any = Json.parse("{\"type\": \"object\", \"minProperties\": 1}");
        assertThrows(NightException.class, () -> TurnGrammar.of(XML, List.of(new ToolCard("f", "F.", any))));
    }
}
