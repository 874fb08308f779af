package pantheon.night.training.secrets;

import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * The secrets of all traces together, as hashes: what one trace's document holds may stand in another trace too, without
 * what it is told by there, for example in a list of slugs.
 *
 * <p>{@link Letters} are compared. Of a secret of {@value #RUN} of them or more any {@value #RUN} in a row are known, of a
 * shorter one all of them between others; but not where they are letters alone or digits alone, since too many texts have
 * them by chance. One thread fills it; then many may read.
 */
public final class KnownSecrets {
    private static final int RUN = 10;
    private static final int SHORTEST = 6;

    /** Of a longer one, a key, only every third run is kept; and what it begins with is that of all keys of its kind. */
    private static final int LONG = 400;

    private static final int LONG_BEGINNING = 100;
    private static final int LONG_STEP = 3;

    private final int most;
    private long[] slots = new long[1 << 10];
    private int size;

    public KnownSecrets() {
        this(1 << 21);
    }

    /** @param most how many hashes are kept, 8 to 32 bytes each */
    KnownSecrets(int most) {
        this.most = most;
    }

    /**
     * Takes what was removed from a trace.
     *
     * @throws NightException with exit code 65 where that is more than can be kept in mind
     */
    public void add(List<String> removed) {
        for (var secret : removed) {
            var letters = Letters.of(secret);
            boolean isLong = letters.size() > LONG;
            for (int end = RUN + (isLong ? LONG_BEGINNING : 0); end <= letters.size(); end += isLong ? LONG_STEP : 1) {
                add(letters, end - RUN, end);
            }
            if (letters.size() >= SHORTEST && letters.size() < RUN) {
                add(letters, 0, letters.size());
            }
        }
    }

    private void add(Letters letters, int from, int to) {
        if (letters.isMixed(from, to) && put(slots, letters.hash(from, to))) {
            if (++size > most) {
                throw new NightException(
                        ExitCode.DATA,
                        "there are too many different secrets to compare all traces with; nothing was written."
                                + " Mine fewer nights at a time.");
            }
            if (2 * size > slots.length) {
                grow();
            }
        }
    }

    private void grow() {
        var larger = new long[2 * slots.length];
        for (long hash : slots) {
            if (hash != 0) {
                put(larger, hash);
            }
        }
        slots = larger;
    }

    /** False where it was there. */
    private static boolean put(long[] slots, long hash) {
        int slot = slot(slots, hash);
        boolean isNew = slots[slot] == 0;
        slots[slot] = hash;
        return isNew;
    }

    /** Where a hash is, or would be. */
    private static int slot(long[] slots, long hash) {
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }

    /** Whether any of them is known from a text. */
    public boolean areIn(String text) {
        return size > 0 && areIn(Letters.of(text));
    }

    private boolean areIn(Letters letters) {
        for (int end = SHORTEST; end <= letters.size(); end++) {
            if (end >= RUN && isKnown(letters, end - RUN, end)) {
                return true;
            }
            for (int from = end - SHORTEST; letters.isEnd(end) && from >= 0 && from > end - RUN; from--) {
                if (letters.isEnd(from) && isKnown(letters, from, end)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isKnown(Letters letters, int from, int to) {
        return slots[slot(slots, letters.hash(from, to))] != 0;
    }
}
