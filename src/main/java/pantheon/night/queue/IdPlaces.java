package pantheon.night.queue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import pantheon.night.contract.Sha256;

/**
 * Where each id of a queue stands first, in 32 to 64 bytes an id.
 *
 * <p>An id is known by 128 bits of its SHA-256. Two texts alike in these are not met by chance (one in 10^26 for a
 * million ids) and take 2^64 trials to make, so that what is found is the id, and no text needs to be kept.
 */
final class IdPlaces {
    /** What an id is known by. */
    record Key(long high, long low) {
        static Key of(String id) {
            var digest = ByteBuffer.wrap(Sha256.digest().digest(id.getBytes(StandardCharsets.UTF_8)));
            return new Key(digest.getLong(), digest.getLong());
        }
    }

    private static final int ROW = 3; // high, low, place; a place of 0 is a free row

    private long[] rows = new long[ROW << 10];
    private int size;

    /**
     * Remembers where an id stands, unless it is known.
     *
     * @param place not 0
     * @return where it stands already; 0 where it was not known
     */
    long putIfAbsent(Key id, long place) {
        if (4L * ROW * size >= 3L * rows.length) {
            grow();
        }
        int row = row(id.high(), id.low());
        long known = rows[row + 2];
        if (known == 0) {
            set(row, id.high(), id.low(), place);
            size++;
        }
        return known;
    }

    /** Whether an id is known. */
    boolean has(Key id) {
        return rows[row(id.high(), id.low()) + 2] != 0;
    }

    /** Where an id is, or would be. */
    private int row(long high, long low) {
        int capacity = rows.length / ROW;
        int slot = (int) high & (capacity - 1);
        while (rows[ROW * slot + 2] != 0 && (rows[ROW * slot] != high || rows[ROW * slot + 1] != low)) {
            slot = (slot + 1) & (capacity - 1);
        }
        return ROW * slot;
    }

    private void set(int row, long high, long low, long place) {
        rows[row] = high;
        rows[row + 1] = low;
        rows[row + 2] = place;
    }

    private void grow() {
        var old = rows;
        rows = new long[2 * old.length];
        for (int i = 0; i < old.length; i += ROW) {
            if (old[i + 2] != 0) {
                set(row(old[i], old[i + 1]), old[i], old[i + 1], old[i + 2]);
            }
        }
    }
}
