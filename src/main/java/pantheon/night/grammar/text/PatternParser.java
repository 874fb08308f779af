package pantheon.night.grammar.text;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import pantheon.night.grammar.text.PatternNode.Ahead;
import pantheon.night.grammar.text.PatternNode.Border;
import pantheon.night.grammar.text.PatternNode.Characters;
import pantheon.night.grammar.text.PatternNode.Choice;
import pantheon.night.grammar.text.PatternNode.Edge;
import pantheon.night.grammar.text.PatternNode.Repeat;
import pantheon.night.grammar.text.PatternNode.Sequence;

/** Reads an ECMA-262 regular expression, as leniently as its Annex B has it. */
final class PatternParser {
    private static final int DEEPEST = 200;

    private final int[] text;
    private int at;
    private int depth;

    private PatternParser(String pattern) {
        text = pattern.codePoints().toArray();
    }

    /** @throws UnsupportedPattern where it is broken or has a construct that is not held */
    static PatternNode parse(String pattern) {
        var parser = new PatternParser(pattern);
        var node = parser.choice();
        if (parser.at < parser.text.length) {
            throw parser.refused("a \")\" that closes nothing");
        }
        return node;
    }

    private UnsupportedPattern refused(String what) {
        return new UnsupportedPattern("pattern %s has %s at %d".formatted(new String(text, 0, text.length), what, at));
    }

    private boolean isNext(String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (at + i >= text.length || text[at + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean take(String expected) {
        boolean next = isNext(expected);
        at += next ? expected.length() : 0;
        return next;
    }

    private PatternNode choice() {
        if (++depth > DEEPEST) {
            throw refused("groups nested more than " + DEEPEST + " deep");
        }
        var sides = new ArrayList<PatternNode>();
        do {
            sides.add(sequence());
        } while (take("|"));
        depth--;
        return sides.size() == 1 ? sides.getFirst() : new Choice(sides);
    }

    private PatternNode sequence() {
        var parts = new ArrayList<PatternNode>();
        while (at < text.length && text[at] != '|' && text[at] != ')') {
            parts.add(quantified(atom()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private PatternNode quantified(PatternNode atom) {
        int min;
        int max;
        if (take("*")) {
            min = 0;
            max = Repeat.ENDLESS;
        } else if (take("+")) {
            min = 1;
            max = Repeat.ENDLESS;
        } else if (take("?")) {
            min = 0;
            max = 1;
        } else {
            var counts = braces();
            if (counts.length == 0) {
                return atom;
            }
            min = counts[0];
            max = counts[1];
        }
        take("?"); // lazy or not, the language is the same
        if (max < min) {
            throw refused("a repeat whose bounds are the wrong way round");
        }
        return quantified(new Repeat(atom, min, max));
    }

    /** The counts of a repeat in braces, or none where the brace is a character. */
    private int[] braces() {
        int start = at;
        if (take("{")) {
            int min = count();
            if (min >= 0) {
                int max = min;
                if (take(",")) {
                    max = isNext("}") ? Repeat.ENDLESS : count();
                }
                if (max >= 0 && take("}")) {
                    return new int[] {min, max};
                }
            }
        }
        at = start;
        return new int[0];
    }

    private int count() {
        long value = -1;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            value = Math.min(Math.max(value, 0) * 10 + (text[at++] - '0'), Repeat.ENDLESS - 1L);
        }
        return (int) value;
    }

    private PatternNode atom() {
        int c = text[at];
        return switch (c) {
            case '^', '$' -> {
                at++;
                yield new Edge(c == '$');
            }
            case '.' -> {
                at++;
                yield Characters.LINE_END.negated();
            }
            case '(' -> group();
            case '[' -> characterClass();
            case '\\' -> {
                at++;
                yield isNext("b") || isNext("B") ? new Border(text[at++] == 'B') : escape(false);
            }
            case '*', '+', '?' -> throw refused("a repeat of nothing");
            default -> {
                at++;
                yield Characters.of(c, c);
            }
        };
    }

    private PatternNode group() {
        at++;
        if (take("?=")) {
            return new Ahead(closed(), false);
        }
        if (take("?!")) {
            return new Ahead(closed(), true);
        }
        if (isNext("?<=") || isNext("?<!")) {
            throw refused("a look-behind");
        }
        if (take("?<") || take("?P<")) {
            while (at < text.length && text[at] != '>') {
                at++;
            }
            at++;
        } else if (isNext("?") && !take("?:")) {
            throw refused("a group of an unknown kind");
        }
        return closed();
    }

    private PatternNode closed() {
        var body = choice();
        if (!take(")")) {
            throw refused("a group that is not closed");
        }
        return body;
    }

    private Characters escape(boolean inClass) {
        if (at >= text.length) {
            throw refused("a backslash at its end");
        }
        int c = text[at++];
        return switch (c) {
            case 'd' -> Characters.DIGIT;
            case 'D' -> Characters.DIGIT.negated();
            case 'w' -> Characters.WORD;
            case 'W' -> Characters.WORD.negated();
            case 's' -> Characters.SPACE;
            case 'S' -> Characters.SPACE.negated();
            case 't' -> one('\t');
            case 'n' -> one('\n');
            case 'r' -> one('\r');
            case 'f' -> one('\f');
            case 'v' -> one(0x0B);
            case 'b' -> one('\b');
            case '0' -> one(0);
            case 'c' -> {
                if (at >= text.length || !Character.isLetter(text[at])) {
                    yield one('c');
                }
                yield one(text[at++] % 32);
            }
            case 'x' -> hex(2, 'x');
            case 'u' -> unicode();
            case 'p', 'P' -> isNext("{") ? property(c == 'P') : one(c);
            case 'k' -> throw refused("a back-reference");
            default -> {
                if (c >= '1' && c <= '9' && !inClass) {
                    throw refused("a back-reference");
                }
                yield one(c);
            }
        };
    }

    private static Characters one(int c) {
        return Characters.of(c, c);
    }

    private Characters hex(int digits, int letter) {
        int value = hexValue(digits);
        return value < 0 ? one(letter) : one(value);
    }

    /** The value of so many digits, -1 where they are not there. */
    private int hexValue(int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at + i < text.length ? Character.digit(text[at + i], 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        at += digits;
        return value;
    }

    private Characters unicode() {
        if (take("{")) {
            int value = 0;
            while (at < text.length && text[at] != '}') {
                value = Math.min(value * 16 + Math.max(0, Character.digit(text[at++], 16)), 0x110000);
            }
            at++;
            if (value > Character.MAX_CODE_POINT) {
                throw refused("a code point beyond U+10FFFF");
            }
            return one(value);
        }
        int value = hexValue(4);
        if (value < 0) {
            return one('u');
        }
        if (Character.isHighSurrogate((char) value) && isNext("\\u")) {
            int start = at;
            at += 2;
            int low = hexValue(4);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                return one(Character.toCodePoint((char) value, (char) low));
            }
            at = start;
        }
        return one(value);
    }

    private Characters property(boolean negated) {
        at++;
        var name = new StringBuilder();
        while (at < text.length && text[at] != '}') {
            name.appendCodePoint(text[at++]);
        }
        at++;
        var members = members(name.toString());
        return negated ? members.negated() : members;
    }

    private Characters members(String property) {
        int equals = property.indexOf('=');
        var value = property.substring(equals + 1);
        var script = equals >= 0 && property.startsWith("S");
        var test = Stream.of(script ? "IsScript=" + value : value, "Is" + value)
                .map(PatternParser::javaProperty)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        if (test == null) {
            throw refused("the unknown property " + property);
        }
        var bounds = new ArrayList<Integer>();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            int last = bounds.size() - 1;
            if ((c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) && test.test(Character.toString(c))) {
                if (last > 0 && bounds.get(last) == c - 1) {
                    bounds.set(last, c);
                } else {
                    bounds.add(c);
                    bounds.add(c);
                }
            }
        }
        return Characters.of(bounds.stream().mapToInt(i -> i).toArray());
    }

    private Characters characterClass() {
        at++;
        boolean negated = take("^");
        var members = Characters.of();
        while (true) {
            if (at >= text.length) {
                throw refused("a class that is not closed");
            }
            if (take("]")) {
                return negated ? members.negated() : members;
            }
            var first = member();
            if (isNext("-") && at + 1 < text.length && text[at + 1] != ']') {
                at++;
                var last = member();
                members = isOne(first) && isOne(last)
                        ? members.or(range(first, last))
                        : members.or(first).or(last).or(one('-'));
            } else {
                members = members.or(first);
            }
        }
    }

    private Characters range(Characters first, Characters last) {
        if (last.ranges().getFirst() < first.ranges().getFirst()) {
            throw refused("a range whose ends are the wrong way round");
        }
        return Characters.of(first.ranges().getFirst(), last.ranges().getFirst());
    }

    private static boolean isOne(Characters characters) {
        return characters.ranges().size() == 2
                && characters.ranges().get(0).equals(characters.ranges().get(1));
    }

    private Characters member() {
        if (take("\\")) {
            return escape(true);
        }
        int c = text[at++];
        return one(c);
    }

    private static Optional<Predicate<String>> javaProperty(String name) {
        try {
            return Optional.of(Pattern.compile("\\p{" + name + "}").asMatchPredicate());
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
