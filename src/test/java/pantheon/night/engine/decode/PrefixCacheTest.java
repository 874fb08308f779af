package pantheon.night.engine.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrefixCacheTest {
    private final ToyRunner runner = new ToyRunner(8);
    private final PrefixCache cache = new PrefixCache(10L * ToyRunner.TOKEN_BYTES);

    private void put(int... tokens) {
        try (var sequence = runner.open()) {
            runner.run(List.of(new Share(sequence, tokens, 1)));
            cache.put(tokens, sequence);
        }
    }

    @Test
    void any_beginning_of_what_is_kept_can_be_gone_on_from() {
        put(1, 2, 3, 4);
        assertEquals(4, cache.shared(new int[] {1, 2, 3, 4, 5}));
        assertEquals(2, cache.shared(new int[] {1, 2, 9}));
        assertEquals(0, cache.shared(new int[] {9}));
        try (var sequence = runner.open()) {
            cache.restore(new int[] {1, 2, 9}, 2, sequence);
            assertEquals(2, sequence.tokens());
            assertEquals(
                    List.of(ToyRunner.logits(List.of(1, 2, 9))[7]),
                    List.of(runner.run(List.of(new Share(sequence, new int[] {9}, 1)))[0][7]));
            assertThrows(IllegalStateException.class, () -> cache.restore(new int[] {9}, 1, sequence));
        }
    }

    @Test
    void a_longer_one_takes_the_place_of_its_beginning() {
        put(1, 2);
        put(1, 2, 3);
        put(1, 2);
        assertEquals(3L * ToyRunner.TOKEN_BYTES, cache.bytes());
    }

    @Test
    void the_one_used_longest_ago_goes_where_the_budget_is_spent() {
        put(1, 1, 1, 1);
        put(2, 2, 2, 2);
        try (var sequence = runner.open()) {
            cache.restore(new int[] {1, 1}, 2, sequence);
        }
        put(3, 3, 3, 3);
        assertEquals(4, cache.shared(new int[] {1, 1, 1, 1}));
        assertEquals(0, cache.shared(new int[] {2, 2, 2, 2}));
        assertEquals(4, cache.shared(new int[] {3, 3, 3, 3}));
        assertEquals(8L * ToyRunner.TOKEN_BYTES, cache.bytes());
    }

    @Test
    void one_that_is_more_than_the_budget_puts_out_no_other() {
        put(1, 1, 1, 1);
        var long11 = new int[11];
        Arrays.fill(long11, 2);
        put(long11);
        assertEquals(4, cache.shared(new int[] {1, 1, 1, 1}));
        assertEquals(4L * ToyRunner.TOKEN_BYTES, cache.bytes());
        cache.close();
        assertEquals(0, runner.left());
    }
}
