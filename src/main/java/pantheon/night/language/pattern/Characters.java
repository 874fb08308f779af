package pantheon.night.language.pattern;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One character of some.
 *
 * @param ranges first and last code point in turn, ascending, apart from one another
 */
record Characters(List<Integer> ranges) implements PatternNode {
    static final Characters DIGIT = of('0', '9');
    static final Characters WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
    static final Characters SPACE = of(
            '\t', '\r', ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F, 0x205F,
            0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);
    static final Characters LINE_END = of('\n', '\n', '\r', '\r', 0x2028, 0x2029);

    static Characters one(int c) {
        return of(c, c);
    }

    /** @param bounds first and last in turn, in any order, overlapping or not */
    static Characters of(int... bounds) {
        var pairs = new ArrayList<int[]>();
        for (int i = 0; i < bounds.length; i += 2) {
            add(pairs, bounds[i], Math.min(bounds[i + 1], Character.MIN_SURROGATE - 1));
            add(pairs, Math.max(bounds[i], Character.MAX_SURROGATE + 1), bounds[i + 1]);
        }
        pairs.sort((a, b) -> Integer.compare(a[0], b[0]));
        return new Characters(List.copyOf(joined(pairs)));
    }

    /** Pairs by their first, those that touch made one. */
    private static List<Integer> joined(List<int[]> pairs) {
        var ranges = new ArrayList<Integer>();
        for (var pair : pairs) {
            int last = ranges.size() - 1;
            if (last > 0 && pair[0] <= ranges.get(last) + 1) {
                ranges.set(last, Math.max(ranges.get(last), pair[1]));
            } else {
                ranges.addAll(List.of(pair[0], pair[1]));
            }
        }
        return ranges;
    }

    private static void add(List<int[]> pairs, int first, int last) {
        if (first <= last) {
            pairs.add(new int[] {first, last});
        }
    }

    Characters negated() {
        var others = new ArrayList<int[]>();
        int next = 0;
        for (int i = 0; i < ranges.size(); i += 2) {
            add(others, next, ranges.get(i) - 1);
            next = ranges.get(i + 1) + 1;
        }
        add(others, next, Character.MAX_CODE_POINT);
        return of(others.stream().flatMapToInt(IntStream::of).toArray());
    }

    Characters or(Characters other) {
        var all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return of(all.stream().mapToInt(i -> i).toArray());
    }

    boolean contains(int c) {
        int at = Collections.binarySearch(ranges, c);
        return at >= 0 || (-at - 1) % 2 == 1;
    }
}
