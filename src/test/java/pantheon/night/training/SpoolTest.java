package pantheon.night.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
    @TempDir
    private Path folder;

    private record Kept(String sample, long difficulty, long group) {}

    /** More than are sorted in memory at once, so that several runs are merged. */
    @Test
    void samples_come_back_the_easiest_first_and_equally_hard_ones_as_they_came() throws IOException {
        var random = new Random(3);
        var kept = new ArrayList<Kept>();
        try (var spool = new Spool(folder)) {
            for (int i = 0; i < 100_000; i++) {
                var sample = new Kept("sample " + i + " \u00e9".repeat(i % 3), random.nextInt(50), random.nextLong());
                kept.add(sample);
                spool.add(sample.sample(), sample.difficulty(), sample.group());
            }
            assertEquals(100_000, spool.size());
            var back = new ArrayList<String>();
            spool.easiestFirst((sample, group) -> back.add(group + " " + sample));
            kept.sort(Comparator.comparingLong(Kept::difficulty));
            assertEquals(
                    kept.stream()
                            .map(sample -> sample.group() + " " + sample.sample())
                            .toList(),
                    back);
        }
        try (var left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void none_come_back_of_none() throws IOException {
        try (var spool = new Spool(folder)) {
            var back = new ArrayList<String>();
            spool.easiestFirst((sample, group) -> back.add(sample));
            assertEquals(List.of(), back);
        }
    }
}
