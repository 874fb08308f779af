package pantheon.night.engine.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The keys and values of token sequences that conversations begin with, whoever computed them: an agent's system turn is
 * computed once a night, not once a task. Of those that are too many bytes together, the one used longest ago goes first.
 */
final class PrefixCache implements AutoCloseable {
    private final long budget;
    /** The one used last is the last. */
    private final List<Prefix> prefixes = new ArrayList<>();

    private long bytes;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Prefix(int[] tokens, Sequence.Kept kept) {
        /** How many tokens it begins with that others begin with too. */
        int shared(int[] others) {
            int parting = Arrays.mismatch(tokens, others);
            return parting < 0 ? tokens.length : parting;
        }
    }

    /** @param budget the most bytes of all that is kept */
    PrefixCache(long budget) {
        this.budget = budget;
    }

    /** How many of the first of some tokens are kept. */
    int shared(int[] tokens) {
        return prefixes.stream().mapToInt(prefix -> prefix.shared(tokens)).max().orElse(0);
    }

    /** Lets a sequence go on from some first tokens that are kept. */
    void restore(int[] tokens, int count, Sequence into) {
        for (int i = prefixes.size() - 1; i >= 0; i--) {
            if (prefixes.get(i).shared(tokens) >= count) {
                var prefix = prefixes.remove(i);
                prefixes.add(prefix);
                into.restore(prefix.kept(), count);
                return;
            }
        }
        throw new IllegalStateException("no %d tokens are kept".formatted(count));
    }

    /** Keeps a copy of a sequence's first tokens, in place of what it goes on from. */
    void put(int[] tokens, Sequence from) {
        if (tokens.length == 0 || shared(tokens) == tokens.length) {
            return;
        }
        var kept = from.keep(tokens.length);
        if (kept.bytes() > budget) {
            kept.close();
            return;
        }
        for (int i = prefixes.size() - 1; i >= 0; i--) {
            var prefix = prefixes.get(i);
            if (prefix.shared(tokens) == prefix.tokens().length) {
                remove(i);
            }
        }
        prefixes.add(new Prefix(tokens, kept));
        bytes += kept.bytes();
        while (bytes > budget) {
            remove(0);
        }
    }

    private void remove(int index) {
        var prefix = prefixes.remove(index);
        bytes -= prefix.kept().bytes();
        prefix.kept().close();
    }

    /** What all that is kept takes. */
    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        while (!prefixes.isEmpty()) {
            remove(prefixes.size() - 1);
        }
    }
}
