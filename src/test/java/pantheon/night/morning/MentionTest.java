package pantheon.night.morning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MentionTest {
    @TempDir
    private Path folder = Path.of("");

    private boolean isIn(String text, String file) throws IOException {
        return new Mention(text).isIn(Files.writeString(folder.resolve("file"), file));
    }

    @Test
    void a_text_is_found_wherever_it_stands_also_where_what_is_read_at_once_ends() throws IOException {
        assertTrue(isIn("\"task-1", "\"task-1"));
        assertTrue(isIn("a", "a"));
        assertFalse(isIn("a", ""));
        for (int before = (1 << 20) - 12; before <= 1 << 20; before++) {
            assertTrue(isIn("\"task-12", "x".repeat(before) + "\"task-12" + "y".repeat(7)), "after " + before);
            assertFalse(isIn("\"task-12", "x".repeat(before) + "\"task-1"), "after " + before);
        }
    }

    @Test
    void it_is_found_exactly_where_the_platform_finds_it() throws IOException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(20);
        for (int i = 0; i < 300; i++) {
            var file = random.ints(200, 'a', 'c').mapToObj(Character::toString).toList();
            var text = random.ints(1 + i % 9, 'a', 'c')
                    .mapToObj(Character::toString)
                    .toList();
            assertEquals(
                    String.join("", file).contains(String.join("", text)),
                    isIn(String.join("", text), String.join("", file)),
                    text + " in " + file);
        }
    }
}
