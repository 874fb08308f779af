package pantheon.night.language.pattern;

import java.util.List;
import java.util.stream.Stream;

/** A part of a regular expression. */
sealed interface PatternNode
        permits Characters,
                PatternNode.Sequence,
                PatternNode.Choice,
                PatternNode.Repeat,
                PatternNode.Group,
                PatternNode.Back,
                PatternNode.Condition {
    /** Expressions that would need more character positions than this are in no automaton. */
    long MOST = 8_000;

    /** The parts that it is made of. */
    default List<PatternNode> parts() {
        return List.of();
    }

    /** How many character positions it stands for, repeats written out. */
    default long size() {
        return 1 + parts().stream().mapToLong(PatternNode::size).sum();
    }

    /** It and all that it is made of. */
    default Stream<PatternNode> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(PatternNode::all));
    }

    default boolean has(Class<? extends PatternNode> kind) {
        return all().anyMatch(kind::isInstance);
    }

    record Sequence(List<PatternNode> parts) implements PatternNode {
        @Override
        public long size() {
            return Math.max(1, parts.stream().mapToLong(PatternNode::size).sum());
        }
    }

    record Choice(List<PatternNode> parts) implements PatternNode {
        @Override
        public long size() {
            return parts.stream().mapToLong(PatternNode::size).sum();
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
        public List<PatternNode> parts() {
            return List.of(body);
        }

        @Override
        public long size() {
            return Math.min(Integer.MAX_VALUE, body.size()) * Math.max(1, max == ENDLESS ? min : max);
        }
    }

    /**
     * A group that can be referred to.
     *
     * @param number counted by opening brackets, from 1
     */
    record Group(PatternNode body, int number) implements PatternNode {
        @Override
        public List<PatternNode> parts() {
            return List.of(body);
        }

        @Override
        public long size() {
            return body.size();
        }
    }

    /** What a group found last, once more. */
    record Back(String group) implements PatternNode {}

    /** Something that holds at a place in the text, or does not. */
    sealed interface Condition extends PatternNode {}

    /** The begin or the end of the string. */
    record Edge(boolean end) implements Condition {}

    /** A border of a word, or a place that is none. */
    record Border(boolean negated) implements Condition {}

    /** What follows, or what stands before, is or is not of a form. */
    record Look(PatternNode body, boolean negated, boolean behind) implements Condition {
        @Override
        public List<PatternNode> parts() {
            return List.of(body);
        }

        @Override
        public long size() {
            return body.size();
        }
    }
}
