package pantheon.night.language.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pantheon.night.contract.Json;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.pattern.EcmaPattern;
import tools.jackson.databind.node.JsonNodeFactory;

final class JsonTextTest {
    private static boolean accepts(ByteTable table, byte[] bytes) {
        int state = table.start();
        for (byte b : bytes) {
            state = table.step(state, b & 0xFF);
            if (state < 0) {
                return false;
            }
        }
        return table.accepts(state);
    }

    private static boolean accepts(ByteTable table, String text) {
        return accepts(table, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void writes_as_the_program_writes_json() {
        var random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            var text = random(random);
            assertEquals(Json.write(JsonNodeFactory.instance.stringNode(text)), '"' + JsonText.write(text) + '"');
        }
    }

    @Test
    void every_string_can_be_written() {
        var table = JsonText.values(Automatons.anyString());
        var keys = JsonText.keys(Automatons.anyString());
        var random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            var text = JsonText.write(random(random));
            assertTrue(accepts(table, text), text);
            assertTrue(accepts(keys, text), text);
        }
    }

    private static String random(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            int c = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(0x80);
                case 1 -> random.nextInt(0x800);
                case 2 -> random.nextInt(0x10000);
                default -> random.nextInt(0x110000);
            };
            text.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? '<' : c);
        }
        return text.toString();
    }

    @Test
    void what_is_no_utf_8_or_no_json_is_refused() {
        var table = JsonText.values(Automatons.anyString());
        for (var text : new String[] {"\"", "\\", "\\x", "\n", "\u0001", "\\u00", "\\u0041", "\\u000a", "\\ud800"}) {
            assertFalse(accepts(table, text), text);
        }
        byte[][] broken = {
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {(byte) 0x80},
            {(byte) 0xC3}
        };
        for (var bytes : broken) {
            assertFalse(accepts(table, bytes));
        }
    }

    @Test
    void two_characters_may_be_escaped_in_values_and_none_in_keys() {
        var values = JsonText.values(Automatons.anyString());
        var keys = JsonText.keys(Automatons.anyString());
        for (var text : new String[] {"\\u003c|im_end|>", "a\\/b"}) {
            assertTrue(accepts(values, text), text);
            assertFalse(accepts(keys, text), text);
        }
    }

    @Test
    void a_language_keeps_its_strings_however_they_are_written() {
        var table = JsonText.values(EcmaPattern.language("^[ä-ü<\\n]+$"));
        assertTrue(accepts(table, "äö\\n<\\u003c"));
        assertFalse(accepts(table, "äa"));
        assertFalse(accepts(table, ""));
    }
}
