package pantheon.night.grammar.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;

/** A part of a regular expression. */
sealed interface PatternNode {
    /** Expressions that would need more character positions than this are refused. */
    long MOST = 8_000;

    /** How many character positions it stands for, repeats written out. */
    default long size() {
        return 1;
    }

    default boolean has(Class<? extends PatternNode> kind) {
        return kind.isInstance(this);
    }

    record Sequence(List<PatternNode> parts) implements PatternNode {
        @Override
        public long size() {
            return parts.stream().mapToLong(PatternNode::size).sum();
        }

        @Override
        public boolean has(Class<? extends PatternNode> kind) {
            return parts.stream().anyMatch(part -> part.has(kind));
        }
    }

    record Choice(List<PatternNode> sides) implements PatternNode {
        @Override
        public long size() {
            return sides.stream().mapToLong(PatternNode::size).sum();
        }

        @Override
        public boolean has(Class<? extends PatternNode> kind) {
            return sides.stream().anyMatch(side -> side.has(kind));
        }
    }

    /**
     * A part that comes several times.
     *
     * @param max {@link #ENDLESS} for no bound
     */
    record Repeat(PatternNode body, int min, int max) implements PatternNode {
        static final int ENDLESS = Integer.MAX_VALUE;

        @Override
        public long size() {
            return Math.min(Integer.MAX_VALUE, body.size()) * Math.max(1, max == ENDLESS ? min : max);
        }

        @Override
        public boolean has(Class<? extends PatternNode> kind) {
            return body.has(kind);
        }
    }

    /** The begin or the end of the string. */
    record Edge(boolean end) implements PatternNode {}

    /** A border of a word, or a place that is none. */
    record Border(boolean negated) implements PatternNode {}

    /** What follows is, or is not, of a form. */
    record Ahead(PatternNode body, boolean negated) implements PatternNode {
        @Override
        public long size() {
            return body.size();
        }

        @Override
        public boolean has(Class<? extends PatternNode> kind) {
            return kind.isInstance(this) || body.has(kind);
        }
    }

    /**
     * One character of some.
     *
     * @param ranges first and last code point in turn, ascending, apart from one another
     */
    record Characters(List<Integer> ranges) implements PatternNode {
        static final Characters DIGIT = of('0', '9');
        static final Characters WORD = of('0', '9', 'A', 'Z', '_', '_', 'a', 'z');
        static final Characters SPACE = of(
                '\t', '\r', ' ', ' ', 0xA0, 0xA0, 0x1680, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x202F,
                0x205F, 0x205F, 0x3000, 0x3000, 0xFEFF, 0xFEFF);
        static final Characters LINE_END = of('\n', '\n', '\r', '\r', 0x2028, 0x2029);

        static Characters one(int c) {
            return of(c, c);
        }

        /** Whether it is one character only. */
        boolean isOne() {
            return ranges.size() == 2 && ranges.get(0).equals(ranges.get(1));
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

        Automaton automaton() {
            if (ranges.isEmpty()) {
                return Automata.makeEmpty();
            }
            var first = new int[ranges.size() / 2];
            var last = new int[first.length];
            for (int i = 0; i < first.length; i++) {
                first[i] = ranges.get(2 * i);
                last[i] = ranges.get(2 * i + 1);
            }
            return Automata.makeCharClass(first, last);
        }
    }
}
