package pantheon.night.language.pattern;

/** Reads a class of characters, between its brackets; others inside of it, and {@code &&}, are characters. */
final class PatternClass {
    private final PatternText text;
    private final PatternEscapes escapes;

    PatternClass(PatternText text, PatternEscapes escapes) {
        this.text = text;
        this.escapes = escapes;
    }

    /**
     * A member.
     *
     * @param one its code point, where it is one and no set; -1 else
     */
    private record Member(Characters set, int one) {}

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
            return first.set();
        }
        text.take();
        var last = member();
        return first.one() >= 0 && last.one() >= 0
                ? range(first.one(), last.one())
                : first.set().or(last.set()).or(Characters.one('-'));
    }

    private Member member() {
        if (!text.take("\\")) {
            return one(text.take());
        }
        if (text.take("b")) {
            return one('\b');
        }
        return escapes.set().map(set -> new Member(set, -1)).orElseGet(() -> one(escapes.character()));
    }

    private static Member one(int c) {
        return new Member(Characters.one(c), c);
    }

    private Characters range(int first, int last) {
        if (last < first) {
            throw text.refused("a range whose ends are the wrong way round");
        }
        return Characters.of(first, last);
    }
}
