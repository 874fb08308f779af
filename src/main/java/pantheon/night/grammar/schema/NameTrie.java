package pantheon.night.grammar.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An object's known names as they are written between quotes, and which of them each beginning leads to. */
public final class NameTrie {
    /** Where every name begins. */
    public static final int ROOT = 0;
    /** No name begins so. */
    public static final int NONE = -1;

    private static final int[] NO_EDGES = {};

    private final List<byte[]> names;
    private final boolean[] usable;
    /** The indexes of names by their bytes. */
    private final int[] sorted;

    private final List<int[]> edges = new ArrayList<>();
    private final List<int[]> below = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private final int[] root = new int[256];

    /** @param usable whether the name with an index can be taken; one that cannot still ends its place */
    NameTrie(List<byte[]> names, boolean[] usable) {
        this.names = names;
        this.usable = usable;
        sorted = sorted(names);
        build(0, sorted.length, 0);
        Arrays.fill(root, NONE);
        var first = edges.getFirst();
        for (int i = 0; i < first.length; i += 2) {
            root[first[i]] = first[i + 1];
        }
    }

    private static int[] sorted(List<byte[]> names) {
        return IntStream.range(0, names.size())
                .boxed()
                .sorted((a, b) -> Arrays.compareUnsigned(names.get(a), names.get(b)))
                .mapToInt(index -> index)
                .toArray();
    }

    /** Adds the place where some of the sorted names, which are alike up to a depth, go apart. */
    private int build(int from, int to, int depth) {
        int node = edges.size();
        edges.add(NO_EDGES);
        below.add(usable(from, to));
        boolean endsHere = from < to && names.get(sorted[from]).length == depth;
        ends.add(endsHere ? sorted[from] : NONE);
        depths.add(depth);
        edges.set(node, edges(endsHere ? from + 1 : from, to, depth));
        return node;
    }

    /** Each byte with which names go on, and the place behind it. */
    private int[] edges(int from, int to, int depth) {
        var found = new int[2 * (to - from)];
        int count = 0;
        for (int at = from, next; at < to; at = next) {
            next = behind(at, to, depth);
            found[count++] = label(at, depth);
            found[count++] = build(at, next, depth + 1);
        }
        return Arrays.copyOf(found, count);
    }

    /** The first name behind one that goes on with another byte. */
    private int behind(int at, int to, int depth) {
        int next = at + 1;
        while (next < to && label(next, depth) == label(at, depth)) {
            next++;
        }
        return next;
    }

    private int label(int at, int depth) {
        return names.get(sorted[at])[depth] & 0xFF;
    }

    /** Those of some names that can be taken, rising. */
    private int[] usable(int from, int to) {
        var found = new int[to - from];
        int count = 0;
        for (int at = from; at < to; at++) {
            if (usable[sorted[at]]) {
                found[count++] = sorted[at];
            }
        }
        Arrays.sort(found, 0, count);
        return Arrays.copyOf(found, count);
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

    /** By turns a byte with which names go on from a place, and the place behind it; not to be changed. */
    public int[] edges(int node) {
        return edges.get(node);
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
