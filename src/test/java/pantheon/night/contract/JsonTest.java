package pantheon.night.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": 1, \"a\": 1}",
                "{\"b\": [{\"a\": 1, \"a\": 2}]}",
                "{} {}",
                "1 2",
                "{}x",
                "[1,]",
                "{'a': 1}",
                "{a: 1}",
                "NaN",
                "1e400",
                "-1e309",
                "[1e999999999]",
                "Infinity",
                "01",
                ".5",
                "+1",
                "True",
                "\"a\nb\"",
                "\"a\tb\"",
                "\"\\x\"",
                "// c\n1",
                "\uFEFF1",
                "{\"a\": 1",
            })
    void refuses_what_is_not_one_json_value(String text) {
        assertThrows(JacksonException.class, () -> Json.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1, \"b\": {\"a\": 2}}", " [1, 2] \n", "\"a\\nb\"", "null", "-0", "1e5"})
    void takes_what_is(String text) {
        Json.parse(text);
    }

    /** What Python 3.12 prints for {@code json.dumps(json.loads(text), ensure_ascii=False)}. */
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-0, 0",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1.0, 1.0",
        "1e0, 1.0",
        "-0.0, -0.0",
        "0.0, 0.0",
        "0e5, 0.0",
        "-0e5, -0.0",
        "100.0, 100.0",
        "1e5, 100000.0",
        "1E+16, 1e+16",
        "9999999999999998.0, 9999999999999998.0",
        "12345678901234567.0, 1.2345678901234568e+16",
        "1e22, 1e+22",
        "1.5e300, 1.5e+300",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0.000012345, 1.2345e-05",
        "-2.5e-7, -2.5e-07",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "3.141592653589793238462643, 3.141592653589793",
        "5e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "2e-308, 2e-308",
        "1e-323, 1e-323",
        "1.5e-323, 1.5e-323",
        "1e-400, 0.0",
        "1e23, 1e+23",
        "9007199254740993.0, 9007199254740992.0",
    })
    void writes_numbers_as_python_does(String text, String python) {
        assertEquals(python, Json.write(Json.parse(text)));
    }

    @Test
    void escapes_only_what_python_escapes() {
        var text = "\u0000\u0001\b\t\n\u000b\f\r\u001f \"\\/\u007f\u0080\u2028ü日🦀";
        assertEquals(
                "\"\\u0000\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f \\\"\\\\/\u007f\u0080\u2028ü日🦀\"",
                Json.write(Json.MAPPER.getNodeFactory().stringNode(text)));
    }

    @Test
    void writes_in_the_order_of_insertion_with_one_blank_after_commas_and_colons() {
        var value = Json.object();
        value.put("b", true).putNull("a").putArray("c").add(1).addObject().put("", "x");
        value.putObject("d");
        value.putArray("e");
        assertEquals("{\"b\": true, \"a\": null, \"c\": [1, {\"\": \"x\"}], \"d\": {}, \"e\": []}", Json.write(value));
    }

    @Test
    void what_is_written_reads_back() {
        var random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                int c = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(Character.MAX_CODE_POINT + 1);
                text.appendCodePoint(c);
            }
            var value = Json.object().put(text.toString(), text.toString()).put("n", random.nextInt());
            assertEquals(value, Json.parse(Json.write(value)));
        }
    }

    @Test
    void quotes_foreign_text_on_one_line() {
        assertEquals("\"a\\nb\\\"c\"", Json.quote("a\nb\"c"));
    }

    @Test
    void a_missing_resource_is_a_bug() {
        var e = assertThrows(IllegalStateException.class, () -> Json.resource("/schema/none.json"));
        assertTrue(String.valueOf(e.getMessage()).contains("/schema/none.json"));
    }

    @Test
    void a_quoted_text_is_what_the_library_writes_for_each_character() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            var text = "a" + (char) c + "z";
            assertEquals(Json.MAPPER.writeValueAsString(text), Json.quote(text));
        }
        assertEquals("a\\n\\\"😀", Json.escaped("a\n\"😀"));
        for (var text : List.of("", "\n", "\"\"", "\\a\u0000\u001f\u007f", "plain", "é\t", "\\".repeat(200))) {
            assertEquals(Json.MAPPER.writeValueAsString(text), Json.quote(text));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[[1, 2]", "{\"a\": [}", "{\"a\": \"b", "[1}"})
    void what_is_wrong_is_told_without_the_readers_own_place(String text) {
        var wrong = assertThrows(JacksonException.class, () -> Json.parse(text));
        assertTrue(wrong.getOriginalMessage().startsWith(Json.why(wrong).substring(0, 20)), Json.why(wrong));
        assertFalse(Json.why(wrong).contains("Source"), Json.why(wrong));
    }
}
