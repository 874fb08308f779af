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

    private final List<byte[]> names;
    private final boolean[] usable;
    private final List<int[]> edges = new ArrayList<>();
    private final List<int[]> below = new ArrayList<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private final int[] root = new int[256];

    /** @param usable whether the name with an index can be taken; one that cannot still ends its place */
    NameTrie(List<byte[]> names, boolean[] usable) {
        this.names = names;
        this.usable = usable;
        build(sorted(names), 0);
        Arrays.fill(root, NONE);
        var first = edges.getFirst();
        for (int i = 0; i < first.length; i += 2) {
            root[first[i]] = first[i + 1];
        }
    }

    private static List<Integer> sorted(List<byte[]> names) {
        return IntStream.range(0, names.size())
                .boxed()
                .sorted((a, b) -> Arrays.compareUnsigned(names.get(a), names.get(b)))
                .toList();
    }

    /** Adds the place where some names, which are alike up to a depth, go apart. */
    private int build(List<Integer> sorted, int depth) {
        int node = edges.size();
        edges.add(new int[0]);
        below.add(usable(sorted));
        boolean endsHere = !sorted.isEmpty() && names.get(sorted.getFirst()).length == depth;
        ends.add(endsHere ? sorted.getFirst() : NONE);
        depths.add(depth);
        edges.set(node, edges(endsHere ? sorted.subList(1, sorted.size()) : sorted, depth));
        return node;
    }

    /** Each byte with which names go on, and the place behind it. */
    private int[] edges(List<Integer> sorted, int depth) {
        var found = IntStream.builder();
        int at = 0;
        while (at < sorted.size()) {
            int from = at;
            int next = label(sorted.get(at), depth);
            while (at < sorted.size() && label(sorted.get(at), depth) == next) {
                at++;
            }
            found.add(next).add(build(sorted.subList(from, at), depth + 1));
        }
        return found.build().toArray();
    }

    private int label(int name, int depth) {
        return names.get(name)[depth] & 0xFF;
    }

    /** Those of some names that can be taken, rising. */
    private int[] usable(List<Integer> some) {
        return some.stream()
                .mapToInt(name -> name)
                .filter(name -> usable[name])
                .sorted()
                .toArray();
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
