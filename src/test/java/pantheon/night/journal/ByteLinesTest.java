package pantheon.night.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ByteLinesTest {
    private static ByteLines lines(String text, int longest) {
        return new ByteLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), longest);
    }

    @Test
    void lines_are_what_stands_between_line_ends() throws IOException {
        var lines = lines("ab\n\ncd", 2);
        assertArrayEquals(new byte[] {'a', 'b'}, lines.next());
        assertArrayEquals(new byte[0], lines.next());
        assertNull(lines.next());
        assertEquals(2, lines.left());
    }

    @Test
    void a_byte_that_is_not_of_ascii_is_seen_wherever_it_stands() {
        for (int length = 0; length < 40; length++) {
            var bytes = "\n".repeat(length).getBytes(StandardCharsets.UTF_8);
            assertTrue(ByteLines.isAscii(bytes));
            for (int at = 0; at < length; at++) {
                bytes[at] = (byte) 0x80;
                assertFalse(ByteLines.isAscii(bytes), length + " bytes, at " + at);
                bytes[at] = 0x7f;
            }
        }
    }

    @Test
    void a_line_that_does_not_end_within_its_bound_is_not_read_on() {
        var error = assertThrows(IOException.class, () -> lines("abc", 2).next());
        assertEquals("a line is longer than 2 bytes", error.getMessage());
    }
}
