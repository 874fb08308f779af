package pantheon.night.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.contract.Sha256;

/**
 * Traces that belong together, so that one split holds them all: those that share a key, for example a file, and those
 * that share one with any of these.
 */
final class Groups {
    private final Map<String, Integer> keys = new HashMap<>();
    private final List<Integer> parents = new ArrayList<>();

    /**
     * The group of a trace with these keys; it can still grow together with another.
     *
     * @param keys at least one
     */
    int group(List<String> keys) {
        int group = -1;
        for (var key : keys) {
            int found = find(this.keys.computeIfAbsent(key, added -> {
                parents.add(parents.size());
                return parents.size() - 1;
            }));
            group = group < 0 ? found : union(group, found);
        }
        return group;
    }

    private int union(int a, int b) {
        parents.set(Math.max(a, b), Math.min(a, b));
        return Math.min(a, b);
    }

    private int find(int group) {
        int root = group;
        while (parents.get(root) != root) {
            root = parents.get(root);
        }
        for (int at = group; at != root; ) {
            int next = parents.get(at);
            parents.set(at, root);
            at = next;
        }
        return root;
    }

    /**
     * The split of each group, once all are known: by a hash of the seed and the group's smallest key, so that it does
     * not depend on the order of traces.
     *
     * @param percent how much goes to each split
     */
    Map<Integer, Split> splits(long seed, Map<Split, Integer> percent) {
        var smallest = new TreeMap<Integer, String>();
        keys.forEach((key, group) -> smallest.merge(find(group), key, (a, b) -> a.compareTo(b) <= 0 ? a : b));
        var splits = new HashMap<Integer, Split>();
        smallest.forEach((root, key) -> splits.put(root, split(seed + "\n" + key, percent)));
        keys.values().forEach(group -> splits.put(group, splits.get(find(group))));
        return splits;
    }

    private static Split split(String text, Map<Split, Integer> percent) {
        var digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        long at = Long.remainderUnsigned(ByteBuffer.wrap(digest).getLong(), 100);
        for (var split : Split.values()) {
            at -= percent.getOrDefault(split, 0);
            if (at < 0) {
                return split;
            }
        }
        return Split.TRAIN;
    }
}
