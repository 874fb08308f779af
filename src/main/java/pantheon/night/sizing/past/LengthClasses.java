package pantheon.night.sizing.past;

import java.util.Arrays;
import java.util.List;

/**
 * Tasks sorted by length into classes of as many records each, so that a task is drawn from those of like length: a
 * night takes the longest tasks of an agent first.
 */
public final class LengthClasses {
    /** The class of a task whose length nobody knows: it is drawn from all. */
    public static final int ANY = -1;

    private static final int MOST = 8;
    /** A class of fewer records tells nothing of its own. */
    private static final double FEWEST_RECORDS = 10;

    /** The least length of each class but the first, in bytes, ascending. */
    private final long[] from;

    private LengthClasses(long[] from) {
        this.from = from;
    }

    /**
     * Classes of an agent's records.
     *
     * @param known how many tasks of equal weight the records are worth
     */
    static LengthClasses of(List<PastTask> records, double known) {
        var lengths = records.stream()
                .mapToLong(PastTask::inputBytes)
                .filter(bytes -> bytes >= 0)
                .sorted()
                .toArray();
        return new LengthClasses(from(
                lengths, (int) Math.clamp(Math.min(known, lengths.length) / FEWEST_RECORDS, 1, MOST)));
    }

    private static long[] from(long[] lengths, int classes) {
        var from = new long[classes - 1];
        int count = 0;
        for (int i = 1; i < classes; i++) {
            long bound = lengths[(int) ((long) i * lengths.length / classes)];
            if (bound > (count == 0 ? lengths[0] : from[count - 1])) {
                from[count++] = bound;
            }
        }
        return Arrays.copyOf(from, count);
    }

    int count() {
        return from.length + 1;
    }

    /** The class of a length; longer tasks have higher ones. */
    int of(long bytes) {
        if (bytes < 0) {
            return ANY;
        }
        int place = Arrays.binarySearch(from, bytes);
        return place < 0 ? -place - 1 : place + 1;
    }
}
