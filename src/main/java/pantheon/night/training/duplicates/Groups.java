package pantheon.night.training.duplicates;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import pantheon.night.contract.Sha256;

/**
 * Traces that belong together, so that one split holds them all: those that share a key, for example a file, and those
 * that share one with any of these.
 *
 * <p>Keys are known by the first 64 bits of their SHA-256, and a group by the least of its keys' hashes, so that what it
 * is does not depend on the order of traces. What leads from a key to its group is on the disk.
 */
public final class Groups implements AutoCloseable {
    /** From the hash of a key to a lesser one of its group; the least leads to itself. */
    private final LongTable parents;

    /** @param folder where its file is made, and removed in the end */
    public Groups(Path folder) throws IOException {
        this.parents = new LongTable(folder.resolve("groups"));
    }

    /**
     * The group of a trace with these keys; it can still grow together with another.
     *
     * @param keys at least one
     */
    public long group(List<String> keys) throws IOException {
        long group = add(hash(keys.getFirst()));
        for (var key : keys.subList(1, keys.size())) {
            group = union(group, add(hash(key)));
        }
        return group;
    }

    private long add(long key) throws IOException {
        return parents.putIfAbsent(key, key) ? key : least(key);
    }

    private long union(long a, long b) {
        parents.replace(Math.max(a, b), Math.min(a, b));
        return Math.min(a, b);
    }

    /** The least key of a group; the way to it becomes short for all that lie on it. */
    private long least(long key) {
        long least = key;
        while (parents.get(least) != least) {
            least = parents.get(least);
        }
        for (long at = key; at != least; ) {
            long next = parents.get(at);
            parents.replace(at, least);
            at = next;
        }
        return least;
    }

    /**
     * The split of a group, once all are known.
     *
     * @param group as {@link #group} told it
     * @param percent how much goes to each split
     */
    public Split split(long group, long seed, Map<Split, Integer> percent) {
        long at = Long.remainderUnsigned(hash(seed + "\n" + HexFormat.of().toHexDigits(least(group))), 100);
        for (var split : Split.values()) {
            at -= percent.getOrDefault(split, 0);
            if (at < 0) {
                return split;
            }
        }
        return Split.TRAIN;
    }

    private static long hash(String text) {
        long hash = ByteBuffer.wrap(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return hash == 0 ? 1 : hash;
    }

    @Override
    public void close() throws IOException {
        parents.close();
    }
}
