package pantheon.night.training.duplicates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.training.duplicates.Duplicates.Kind;

final class DuplicatesTest {
    @TempDir
    private Path folder;

    private static List<String> words(Random random, int count) {
        var words = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            words.add(Integer.toString(random.nextInt(1_000_000), 36));
        }
        return words;
    }

    /** How many of 400 pairs with this overlap (Jaccard) of their shingles count as nearly the same. */
    private double found(double overlap) throws IOException {
        var random = new Random(3);
        int found = 0;
        for (int pair = 0; pair < 400; pair++) {
            int count = 400;
            var words = words(random, count);
            // a tail of other words: shared s, each alone d, overlap s / (s + 2d)
            int changed = (int) Math.round(count * (1 - overlap) / (1 + overlap));
            var other = new ArrayList<>(words.subList(0, count - changed));
            other.addAll(words(random, changed));
            try (var duplicates = new Duplicates(folder)) {
                duplicates.take(Fingerprint.of(String.join(" ", words)));
                found += duplicates.take(Fingerprint.of(String.join(" ", other))) == Kind.NEARLY_SAME ? 1 : 0;
            }
        }
        return found / 400.0;
    }

    @Test
    void near_duplicates_are_found_as_the_bands_promise() throws IOException {
        assertTrue(found(0.97) > 0.98, "0.97: " + found(0.97));
        assertTrue(found(0.85) > 0.35 && found(0.85) < 0.65, "0.85: " + found(0.85));
        assertTrue(found(0.6) < 0.02, "0.6: " + found(0.6));
    }

    @Test
    void the_very_same_is_told_from_the_nearly_same() throws IOException {
        try (var duplicates = new Duplicates(folder)) {
            assertEquals(Kind.NEW, duplicates.take(Fingerprint.of("a b c d e f g")));
            assertEquals(Kind.SAME, duplicates.take(Fingerprint.of("a b c d e f g")));
            assertEquals(Kind.NEARLY_SAME, duplicates.take(Fingerprint.of("a b, c d e f g")));
            assertEquals(Kind.NEW, duplicates.take(Fingerprint.of("h i")));
            assertEquals(Kind.NEW, duplicates.take(Fingerprint.of("")));
        }
    }
}
