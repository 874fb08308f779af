package pantheon.night.training.duplicates;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What of a text was seen before: the very same, by SHA-256, or nearly the same, by MinHash.
 *
 * <p>Texts are compared by the sets of their runs of {@value Fingerprint#SHINGLE} words. {@value Fingerprint#BANDS}
 * bands of {@value Fingerprint#ROWS} minimal hashes each find a pair whose sets overlap (Jaccard) by s with probability
 * 1 − (1 − s^{@value Fingerprint#ROWS})^{@value Fingerprint#BANDS}: 3 % at 0.7, 50 % at {@link #THRESHOLD}, 99 % at
 * 0.95. Source: A. Broder, On the resemblance and containment of documents, 1997. What was seen is on the disk, some 500
 * bytes a text.
 */
public final class Duplicates implements AutoCloseable {
    /** The overlap at which two texts count as nearly the same, the middle of the bands' rise. */
    public static final double THRESHOLD = 0.85;

    private final LongTable exact;
    private final LongTable bands;

    public enum Kind {
        NEW,
        SAME,
        NEARLY_SAME
    }

    /** @param folder where its files are made, and removed in the end */
    public Duplicates(Path folder) throws IOException {
        this.exact = new LongTable(folder.resolve("digests"));
        this.bands = new LongTable(folder.resolve("bands"));
    }

    /** Tells what a text is, and remembers it where it is new. */
    public Kind take(Fingerprint text) throws IOException {
        if (!exact.add(text.digest())) {
            return Kind.SAME;
        }
        if (text.bands().anyMatch(bands::contains)) {
            return Kind.NEARLY_SAME;
        }
        for (long band : text.bands().toArray()) {
            bands.add(band);
        }
        return Kind.NEW;
    }

    @Override
    public void close() throws IOException {
        exact.close();
        bands.close();
    }
}
