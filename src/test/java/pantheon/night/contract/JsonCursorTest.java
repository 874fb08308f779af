package pantheon.night.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is read here, beside what the JSON library reads. */
final class JsonCursorTest {
    private static final List<String> VALUES = List.of(
            "{}",
            "[]",
            "{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\"}}",
            "[0,7,2147483647,2147483648,999999999999999999,1000000000000000000,123456789012345678901,-5]",
            "[1.0,0.25,-0.5,1e3,1E-7,2.5e+10]",
            "\"\"",
            "\"añ 漢 😀\"",
            "\"a\\n\\\"b\\\"\\\\\\/\\b\\f\\r\\t\\u00e4\\ud83d\\ude00\\ud800 z\"");

    private static JsonNode tree(String json) {
        var in = new JsonCursor(json.getBytes(StandardCharsets.UTF_8));
        var tree = in.tree();
        JsonCursor.require(in.isAtEnd());
        return tree;
    }

    @Test
    void json_as_the_program_writes_it_is_read_as_the_library_reads_it() {
        for (var value : VALUES) {
            assertEquals(Json.parse(value), tree(value));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "{\"a\": 1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,}",
                "{,}",
                "[1,]",
                "[,]",
                "[1",
                "{\"a\"",
                "{\"a\":",
                "{a:1}",
                "01",
                "-",
                "+1",
                "1.",
                ".5",
                "1e",
                "--1",
                "1e400",
                "tru",
                "nul",
                "TRUE",
                "\"",
                "\"\\\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"a\tb\"",
                "\"\\",
                "[1}",
                "{\"a\":1]"
            })
    void what_is_no_json_or_has_white_space_is_not_read(String text) {
        assertThrows(RuntimeException.class, () -> tree(text));
    }

    @Test
    void values_are_read_to_the_depth_that_the_library_reads_and_no_deeper() {
        int deepest = 500;
        assertEquals(1, tree("[".repeat(deepest) + "]".repeat(deepest)).size());
        assertThrows(JsonCursor.Unfit.class, () -> tree("[".repeat(deepest + 1) + "]".repeat(deepest + 1)));
    }

    @Test
    void whatever_is_read_of_changed_json_the_library_reads_alike() {
        var random = new Random(7);
        var signs = "{}[]\",:\\0159.-+eEtrufalsn \n\t\u0001aä";
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            var text = new StringBuilder(VALUES.get(random.nextInt(VALUES.size())));
            int at = random.nextInt(text.length());
            var sign = String.valueOf(signs.charAt(random.nextInt(signs.length())));
            text.replace(at, at + random.nextInt(2), sign);
            var valid = new String(text.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            read += isReadAlike(valid) ? 1 : 0;
        }
        assertTrue(read > 10_000, "only %d were read".formatted(read));
    }

    private static boolean isReadAlike(String text) {
        JsonNode tree;
        try {
            tree = tree(text);
        } catch (JsonCursor.Unfit | tools.jackson.core.JacksonException e) {
            return false;
        }
        assertEquals(Json.parse(text), tree, text);
        return true;
    }

    @Test
    void whole_numbers_may_have_a_fraction_of_zeros_and_no_other() {
        assertEquals(
                List.of(12L, 0L, 2L, 1000L, -3L),
                List.of("12", "0", "2.0", "1e3", "-3").stream()
                        .map(text -> new JsonCursor(text.getBytes(StandardCharsets.UTF_8)).whole())
                        .toList());
        for (var text : List.of("1.5", "9223372036854775808", "1e300", "\"1\"", "true")) {
            assertThrows(
                    JsonCursor.Unfit.class, () -> new JsonCursor(text.getBytes(StandardCharsets.UTF_8)).whole(), text);
        }
    }
}
