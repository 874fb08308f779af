package pantheon.night.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import pantheon.night.contract.Sha256;

/**
 * What of a text was seen before: the very same, by SHA-256, or nearly the same, by MinHash.
 *
 * <p>Texts are compared by the sets of their runs of {@value #SHINGLE} words. {@value #BANDS} bands of {@value #ROWS}
 * minimal hashes each find a pair whose sets overlap (Jaccard) by s with probability 1 − (1 − s^{@value #ROWS})^{@value
 * #BANDS}: 3 % at 0.7, 50 % at {@link #THRESHOLD}, 99 % at 0.95. Source: A. Broder, On the resemblance and containment
 * of documents, 1997. Memory is bounded by some 300 bytes a text.
 */
final class Duplicates {
    /** The overlap at which two texts count as nearly the same, the middle of the bands' rise. */
    static final double THRESHOLD = 0.85;

    static final int SHINGLE = 5;
    static final int BANDS = 9;
    static final int ROWS = 16;

    private final LongSet exact = new LongSet();
    private final LongSet bands = new LongSet();

    enum Kind {
        NEW,
        SAME,
        NEARLY_SAME
    }

    /**
     * What a text is known by.
     *
     * @param digest the first 64 bits of its SHA-256
     * @param bands one hash a band
     */
    record Fingerprint(long digest, List<Long> bands) {
        static Fingerprint of(String text) {
            var digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
            return new Fingerprint(ByteBuffer.wrap(digest).getLong(), bandKeys(text));
        }
    }

    /** Tells what a text is, and remembers it where it is new. */
    Kind take(Fingerprint text) {
        if (!exact.add(text.digest())) {
            return Kind.SAME;
        }
        if (text.bands().stream().anyMatch(bands::contains)) {
            return Kind.NEARLY_SAME;
        }
        text.bands().forEach(bands::add);
        return Kind.NEW;
    }

    private static List<Long> bandKeys(String text) {
        var minima = new long[BANDS * ROWS];
        Arrays.fill(minima, Long.MAX_VALUE);
        var words = text.split("[^\\p{L}\\p{N}]+", -1);
        for (int i = 0; i == 0 || i + SHINGLE <= words.length; i++) {
            long hash = 0;
            for (int j = i; j < Math.min(words.length, i + SHINGLE); j++) {
                hash = mix(hash * 31 + words[j].hashCode());
            }
            for (int k = 0; k < minima.length; k++) {
                minima[k] = Math.min(minima[k], mix(hash + k * 0x9E3779B97F4A7C15L));
            }
        }
        var keys = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            keys[band] = band;
            for (int row = 0; row < ROWS; row++) {
                keys[band] = mix(keys[band] ^ minima[band * ROWS + row]);
            }
        }
        return Arrays.stream(keys).boxed().toList();
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
