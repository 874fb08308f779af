package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeptOrderTest {
    private static final List<String> WORDS =
            IntStream.range(0, 64).mapToObj(i -> "word" + i * 37 % 64).toList();

    @Test
    void a_set_hands_its_items_out_as_they_were_put_in() {
        assertEquals(WORDS, List.copyOf(KeptOrder.set(WORDS)));
    }

    @Test
    void a_map_hands_its_keys_out_as_they_were_put_in_and_cannot_be_changed() {
        var map = new LinkedHashMap<String, Integer>();
        WORDS.forEach(word -> map.put(word, word.length()));
        var copy = KeptOrder.map(map);
        map.clear();
        assertEquals(WORDS, List.copyOf(copy.keySet()));
        assertThrows(UnsupportedOperationException.class, copy::clear);
    }
}
