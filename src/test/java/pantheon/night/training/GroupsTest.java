package pantheon.night.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class GroupsTest {
    private static final Map<Split, Integer> HALVES = MiningOptions.percent("50/25/25");

    @Test
    void groups_that_come_to_share_a_key_are_one() {
        var groups = new Groups();
        int a = groups.group(List.of("a"));
        int b = groups.group(List.of("b"));
        int c = groups.group(List.of("c"));
        groups.group(List.of("a", "c"));
        for (long seed = 0; seed < 50; seed++) {
            var splits = groups.splits(seed, HALVES);
            assertEquals(splits.get(a), splits.get(c));
        }
        assertTrue(
                List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L).stream()
                        .map(seed -> groups.splits(seed, HALVES))
                        .anyMatch(splits -> splits.get(a) != splits.get(b)),
                "others need not be together");
    }

    @Test
    void a_groups_split_does_not_depend_on_the_order() {
        var there = new Groups();
        var back = new Groups();
        for (int i = 0; i < 100; i++) {
            there.group(List.of("key " + i));
            back.group(List.of("key " + (99 - i)));
        }
        for (int i = 0; i < 100; i++) {
            var key = List.of("key " + i);
            assertEquals(
                    there.splits(1, HALVES).get(there.group(key)),
                    back.splits(1, HALVES).get(back.group(key)));
        }
    }

    @Test
    void splits_have_about_the_size_that_was_asked_for() {
        var groups = new Groups();
        for (int i = 0; i < 4000; i++) {
            groups.group(List.of("key " + i));
        }
        var counts = new EnumMap<Split, Integer>(Split.class);
        groups.splits(9, HALVES).values().forEach(split -> counts.merge(split, 1, Integer::sum));
        assertEquals(2000, counts.getOrDefault(Split.TRAIN, 0), 150);
        assertEquals(1000, counts.getOrDefault(Split.VALIDATION, 0), 120);
        assertEquals(1000, counts.getOrDefault(Split.TEST, 0), 120);
    }
}
