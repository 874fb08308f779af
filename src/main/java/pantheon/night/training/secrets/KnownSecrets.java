package pantheon.night.training.secrets;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Wherever a run stands, a piece of it stands at a place that pieces of that length part a text at. */
    private static final int PIECE = RUN / 2;

    /** How many bits of a piece's hash are known. */
    private static final int PIECE_BITS = 20;

    private static final int MOST_PASSAGES = 100;
    private static final int SHORTEST = 6;

    /** Of a longer one, a key, only every third run is kept; and what it begins with is that of all keys of its kind. */
    private static final int LONG = 400;

    private static final int LONG_BEGINNING = 100;
    private static final int LONG_STEP = 3;

    private final int most;
    private long[] slots = new long[1 << 10];
    private int size;

    /** The hashes of all pieces of known runs and of some that are none; by it most of a text is passed over. */
    private final BitSet pieces = new BitSet(1 << PIECE_BITS);

    private final Map<Passage, Searched> passages = new ConcurrentHashMap<>();

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
        passages.clear();
        for (var secret : removed) {
            var letters = Letters.of(secret);
            boolean isLong = letters.size() > LONG;
            for (int end = RUN + (isLong ? LONG_BEGINNING : 0); end <= letters.size(); end += isLong ? LONG_STEP : 1) {
                addRun(letters, end - RUN);
            }
            if (letters.size() >= SHORTEST && letters.size() < RUN) {
                add(letters, 0, letters.size());
            }
        }
    }

    private void addRun(Letters letters, int from) {
        add(letters, from, from + RUN);
        for (int at = from; at < from + PIECE; at++) {
            pieces.set(piece(letters, at));
        }
    }

    private static int piece(Letters letters, int at) {
        return (int) (letters.hash(at, at + PIECE) >>> (Long.SIZE - PIECE_BITS));
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

    /** Whether any of them is known from a text; what many texts have in common is searched once, but for its ends. */
    public boolean areIn(ComposedText text) {
        if (size == 0) {
            return false;
        }
        var whole = text.toString();
        int from = 0;
        for (var placed : text.passages()) {
            var passage = searched(placed.passage());
            if (passage.isWide()) {
                if (passage.areIn() || areIn(whole.substring(from, placed.start() + passage.beginning()))) {
                    return true;
                }
                from = placed.end() - passage.ending();
            }
        }
        return areIn(whole.substring(from));
    }

    /**
     * What is known of a passage.
     *
     * @param areIn whether any of them is known from what stands within
     * @param beginning how long the first lines are in which one may end that begins before it
     * @param ending the same of the last lines
     * @param isWide whether the end of a line, which parts words, is behind the first ones and before the last ones
     */
    private record Searched(boolean areIn, int beginning, int ending, boolean isWide) {}

    private Searched searched(Passage passage) {
        var known = passages.get(passage);
        if (known != null) {
            return known;
        }
        var text = passage.toString();
        var lines = List.of(text.split("(?<=\n)", -1));
        int beginning = beginning(lines);
        int ending = beginning(lines.reversed());
        boolean isWide = ending < text.length() && text.charAt(beginning - 1) == '\n';
        var searched = new Searched(areIn(Letters.of(text).within()), beginning, ending, isWide);
        if (passages.size() < MOST_PASSAGES) {
            passages.put(passage, searched);
        }
        return searched;
    }

    private static int beginning(List<String> lines) {
        int length = 0;
        int letters = 0;
        for (var line : lines) {
            if (letters < RUN) {
                length += line.length();
                letters += Letters.of(line).size();
            }
        }
        return length;
    }

    private boolean areIn(String text) {
        return areIn(Letters.of(text));
    }

    private boolean areIn(Letters letters) {
        return isAnyRunIn(letters) || isAnyWordIn(letters);
    }

    private boolean isAnyRunIn(Letters letters) {
        for (int at = 0; at + PIECE <= letters.size(); at += PIECE) {
            if (pieces.get(piece(letters, at)) && isAnyRunAround(letters, at)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a run is known whose first whole piece is at a place. */
    private boolean isAnyRunAround(Letters letters, int piece) {
        int last = Math.min(piece, letters.size() - RUN);
        for (int from = Math.max(0, piece - PIECE + 1); from <= last; from++) {
            if (isKnown(letters.hash(from, from + RUN))) {
                return true;
            }
        }
        return false;
    }

    private boolean isAnyWordIn(Letters letters) {
        for (int end = SHORTEST; end <= letters.size(); end++) {
            for (int from = end - SHORTEST; letters.isEnd(end) && from >= 0 && from > end - RUN; from--) {
                if (letters.isEnd(from) && isKnown(letters.hash(from, end))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isKnown(long hash) {
        return slots[slot(slots, hash)] != 0;
    }
}
