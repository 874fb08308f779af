package pantheon.night.grammar.text;

import pantheon.night.grammar.text.PatternNode.Characters;

/** Reads a class of characters, between its brackets. */
final class PatternClass {
    private final PatternText text;
    private final PatternEscapes escapes;

    PatternClass(PatternText text, PatternEscapes escapes) {
        this.text = text;
        this.escapes = escapes;
    }

    /** Reads on behind the opening bracket. */
    Characters read() {
        boolean negated = text.take("^");
        var members = Characters.of();
        while (!text.take("]")) {
            if (text.isAtEnd()) {
                throw text.refused("a class that is not closed");
            }
            members = members.or(part());
        }
        return negated ? members.negated() : members;
    }

    /** A member, or a range of them. */
    private Characters part() {
        var first = member();
        if (text.peek(0) != '-' || text.peek(1) < 0 || text.peek(1) == ']') {
            return first;
        }
        text.take();
        var last = member();
        return first.isOne() && last.isOne()
                ? range(first, last)
                : first.or(last).or(Characters.one('-'));
    }

    private Characters member() {
        int c = text.take();
        return c == '\\' ? escapes.read(true) : Characters.one(c);
    }

    private Characters range(Characters first, Characters last) {
        int from = first.ranges().getFirst();
        int to = last.ranges().getFirst();
        if (to < from) {
            throw text.refused("a range whose ends are the wrong way round");
        }
        return Characters.of(from, to);
    }
}
