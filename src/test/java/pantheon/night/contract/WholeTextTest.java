package pantheon.night.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WholeTextTest {
    @Test
    void whole_pairs_stay_and_halves_are_replaced() {
        assertEquals("a😀b", WholeText.of("a😀b"));
        assertEquals("a\uFFFDb", WholeText.of("a\ud83db"));
        assertEquals("\uFFFD\uFFFD", WholeText.of("\ude00\ud83d"));
        assertEquals("\uFFFD😀", WholeText.of("\ud83d😀"));
    }

    @Test
    void a_value_without_halves_is_the_same_one() {
        var value = Json.parse("{\"a\": [1, \"😀\", null, {\"b\": 1.5}]}");
        assertSame(value, WholeText.of(value));
        assertEquals(Optional.empty(), WholeText.half(value));
    }

    @Test
    void keys_and_strings_are_replaced_wherever_they_stand() {
        var value = Json.object();
        value.putArray("a/b").add(1).add(Json.object().put("~", "\ud83d"));
        value.put("\ude00", true);
        assertEquals(Optional.of("/a~1b/1/~0"), WholeText.half(value));
        assertEquals(Json.parse("{\"a/b\": [1, {\"~\": \"\uFFFD\"}], \"\uFFFD\": true}"), WholeText.of(value));
        assertEquals(Optional.of(""), WholeText.half(Json.object().put("\ude00", true)));
    }
}
