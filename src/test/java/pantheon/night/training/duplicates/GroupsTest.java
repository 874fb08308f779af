package pantheon.night.training.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.training.MiningOptions;

final class GroupsTest {
    private static final Map<Split, Integer> HALVES = MiningOptions.percent("50/25/25");

    @TempDir
    private Path folder;

    @Test
    void groups_that_come_to_share_a_key_are_one() throws IOException {
        try (var groups = new Groups(folder)) {
            long a = groups.group(List.of("a"));
            long b = groups.group(List.of("b"));
            long c = groups.group(List.of("c"));
            groups.group(List.of("a", "c"));
            for (long seed = 0; seed < 50; seed++) {
                assertEquals(groups.split(a, seed, HALVES), groups.split(c, seed, HALVES));
            }
            assertTrue(
                    LongStream.range(0, 8)
                            .anyMatch(seed -> groups.split(a, seed, HALVES) != groups.split(b, seed, HALVES)),
                    "others need not be together");
        }
    }

    @Test
    void a_chain_of_shared_keys_makes_one_group_in_whatever_order_it_is_tied() throws IOException {
        for (var order : List.of(List.of(0, 1, 2, 3), List.of(3, 1, 0, 2), List.of(2, 0, 3, 1))) {
            try (var groups = new Groups(folder)) {
                for (int link : order) {
                    groups.group(List.of("key " + link, "key " + (link + 1)));
                }
                long first = groups.group(List.of("key 0"));
                for (int key = 1; key < 5; key++) {
                    assertEquals(first, groups.group(List.of("key " + key)));
                }
            }
        }
    }

    @Test
    void a_groups_split_does_not_depend_on_the_order() throws IOException {
        try (var there = new Groups(folder);
                var back = new Groups(Files.createDirectory(folder.resolve("back")))) {
            for (int i = 0; i < 100; i++) {
                there.group(List.of("key " + i));
                back.group(List.of("key " + (99 - i)));
            }
            for (int i = 0; i < 100; i++) {
                var key = List.of("key " + i);
                assertEquals(there.split(there.group(key), 1, HALVES), back.split(back.group(key), 1, HALVES));
            }
        }
    }

    @Test
    void splits_have_about_the_size_that_was_asked_for() throws IOException {
        var counts = new EnumMap<Split, Integer>(Split.class);
        try (var groups = new Groups(folder)) {
            for (int i = 0; i < 4000; i++) {
                counts.merge(groups.split(groups.group(List.of("key " + i)), 9, HALVES), 1, Integer::sum);
            }
        }
        assertEquals(2000, counts.getOrDefault(Split.TRAIN, 0), 150);
        assertEquals(1000, counts.getOrDefault(Split.VALIDATION, 0), 120);
        assertEquals(1000, counts.getOrDefault(Split.TEST, 0), 120);
    }
}
