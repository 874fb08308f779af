package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An object's known names as they are written between quotes, and which of them each beginning leads to. */
public final class NameTrie {
    /** Where every name begins. */
    public static final int ROOT = 0;
    /** No name begins so. */
    public static final int NONE = -1;

    private final List<int[]> edges = new ArrayList<>();
    private final List<int[]> below = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private final int[] root = new int[256];

    /** @param usable whether the name with an index can be taken; one that cannot still ends its place */
    NameTrie(List<byte[]> names, boolean[] usable) {
        var order = new ArrayList<Integer>();
        for (int i = 0; i < names.size(); i++) {
            order.add(i);
        }
        order.sort((a, b) -> Arrays.compareUnsigned(names.get(a), names.get(b)));
        build(names, usable, order, 0);
        Arrays.fill(root, NONE);
        var first = edges.getFirst();
        for (int i = 0; i < first.length; i += 2) {
            root[first[i]] = first[i + 1];
        }
    }

    private int build(List<byte[]> names, boolean[] usable, List<Integer> sorted, int depth) {
        int node = edges.size();
        edges.add(new int[0]);
        below.add(usable(sorted, usable));
        int at = 0;
        int end = NONE;
        if (!sorted.isEmpty() && names.get(sorted.getFirst()).length == depth) {
            end = sorted.getFirst();
            at = 1;
        }
        ends.add(end);
        depths.add(depth);
        var found = new ArrayList<Integer>();
        while (at < sorted.size()) {
            int next = names.get(sorted.get(at))[depth] & 0xFF;
            int from = at;
            while (at < sorted.size() && (names.get(sorted.get(at))[depth] & 0xFF) == next) {
                at++;
            }
            found.add(next);
            found.add(build(names, usable, sorted.subList(from, at), depth + 1));
        }
        var ways = new int[found.size()];
        for (int i = 0; i < ways.length; i++) {
            ways[i] = found.get(i);
        }
        edges.set(node, ways);
        return node;
    }

    private static int[] usable(List<Integer> names, boolean[] usable) {
        var found = new int[names.size()];
        int count = 0;
        for (int name : names) {
            if (usable[name]) {
                found[count++] = name;
            }
        }
        var rising = Arrays.copyOf(found, count);
        Arrays.sort(rising);
        return rising;
    }

    /** The place after a byte, or {@link #NONE}. */
    public int step(int node, int nextByte) {
        if (node == ROOT) {
            return root[nextByte];
        }
        var found = edges.get(node);
        for (int i = 0; i < found.length; i += 2) {
            if (found[i] == nextByte) {
                return found[i + 1];
            }
        }
        return NONE;
    }

    /** The only byte with which a name within the bounds can go on, a closing quote included, or -1. */
    public int only(int node, int first, int last) {
        int only = end(node) >= first && end(node) <= last ? '"' : NONE;
        var found = edges.get(node);
        for (int i = 0; i < found.length; i += 2) {
            if (leadsTo(found[i + 1], first, last)) {
                if (only != NONE) {
                    return NONE;
                }
                only = found[i];
            }
        }
        return only;
    }

    /** The index of the name that ends here, or {@link #NONE}. */
    public int end(int node) {
        return node == NONE ? NONE : ends.get(node);
    }

    /** How many bytes of a name stand before a place. */
    int depth(int node) {
        return depths.get(node);
    }

    /** The indexes of the names that can be taken and begin so, rising. */
    int[] below(int node) {
        return below.get(node);
    }

    /** Whether a name that can be taken, with an index within the bounds, begins so. */
    public boolean leadsTo(int node, int first, int last) {
        var indexes = below.get(node);
        int at = Arrays.binarySearch(indexes, first);
        at = at < 0 ? -at - 1 : at;
        return at < indexes.length && indexes[at] <= last;
    }
}
