package pantheon.night.training.duplicates;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import pantheon.night.contract.Sha256;

/** What a text is known by: a digest of all of it, and hashes that texts with the same words are likely to share. */
public final class Fingerprint {
    static final int SHINGLE = 5;
    static final int BANDS = 9;
    static final int ROWS = 16;

    /** Permutations of 32-bit numbers: an odd factor and a summand each, the same in every run. */
    private static final int[] FACTORS =
            new Random(1).ints(BANDS * ROWS).map(n -> n | 1).toArray();

    private static final int[] SUMMANDS = new Random(2).ints(BANDS * ROWS).toArray();

    private final long digest;
    private final long[] bands;

    private Fingerprint(long digest, long[] bands) {
        this.digest = digest;
        this.bands = bands;
    }

    public static Fingerprint of(String text) {
        var digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return new Fingerprint(ByteBuffer.wrap(digest).getLong(), bandKeys(minima(text)));
    }

    /** The first 64 bits of its SHA-256. */
    long digest() {
        return digest;
    }

    /** One hash a band. */
    LongStream bands() {
        return Arrays.stream(bands);
    }

    /** The least that each permutation makes of the text's runs of words; of a shorter text, of all its words. */
    private static int[] minima(String text) {
        var minima = new int[BANDS * ROWS];
        Arrays.fill(minima, Integer.MAX_VALUE);
        var run = new long[SHINGLE];
        int words = 0;
        long word = 1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (isOfWord(c)) {
                word = word * 31 + c;
            } else if (word != 1) {
                System.arraycopy(run, 1, run, 0, SHINGLE - 1);
                run[SHINGLE - 1] = word;
                word = 1;
                if (++words >= SHINGLE) {
                    take(run, minima);
                }
            }
        }
        if (words < SHINGLE) {
            take(run, minima);
        }
        return minima;
    }

    private static boolean isOfWord(char c) {
        return c < 128
                ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
                : Character.isLetterOrDigit(c) || Character.isSurrogate(c);
    }

    private static void take(long[] run, int[] minima) {
        long hash = 0;
        for (long word : run) {
            hash = (hash + word) * 0x9E3779B97F4A7C15L;
        }
        int shingle = (int) (mix(hash) >>> 32);
        for (int k = 0; k < minima.length; k++) {
            minima[k] = Math.min(minima[k], shingle * FACTORS[k] + SUMMANDS[k]);
        }
    }

    private static long[] bandKeys(int[] minima) {
        var keys = new long[BANDS];
        for (int band = 0; band < BANDS; band++) {
            keys[band] = band;
            for (int row = 0; row < ROWS; row++) {
                keys[band] = mix(keys[band] ^ minima[band * ROWS + row]);
            }
        }
        return keys;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
