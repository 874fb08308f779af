package pantheon.night.language.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.PatternNode.Back;
import pantheon.night.language.pattern.PatternNode.Border;
import pantheon.night.language.pattern.PatternNode.Choice;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternNode.Edge;
import pantheon.night.language.pattern.PatternNode.Group;
import pantheon.night.language.pattern.PatternNode.Look;
import pantheon.night.language.pattern.PatternNode.Repeat;
import pantheon.night.language.pattern.PatternNode.Sequence;

/**
 * Reads an ECMA-262 regular expression by code points, as its flag {@code u} has it.
 *
 * <p>As Annex B has it, brackets and braces that open or close nothing are characters, marks may be escaped without
 * need, and a look-ahead may be repeated. What another dialect means by a letter behind a backslash is refused.
 */
final class PatternParser {
    private static final int DEEPEST = 200;
    private static final int[] NO_COUNTS = {};
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

    private final PatternText text;
    private final PatternEscapes escapes;
    private final PatternClass classes;
    private final Map<String, Integer> groups = new HashMap<>();
    private final List<String> references = new ArrayList<>();
    private int numbered;
    private int depth;

    private PatternParser(String pattern) {
        text = new PatternText(pattern);
        escapes = new PatternEscapes(text);
        classes = new PatternClass(text, escapes);
    }

    /**
     * What was read.
     *
     * @param groups the number of each group, by its number and its name
     */
    record Parsed(PatternNode root, Map<String, Integer> groups) {}

    /** @throws UnsupportedPattern where it is no regular expression of ECMA-262, or is nested too deeply */
    static Parsed parse(String pattern) {
        var parser = new PatternParser(pattern);
        var node = parser.choice();
        if (!parser.text.isAtEnd()) {
            throw parser.text.refused("a \")\" that closes nothing");
        }
        for (var reference : parser.references) {
            if (!parser.groups.containsKey(reference)) {
                throw parser.text.refused("a back-reference to \"%s\", which is no group,".formatted(reference));
            }
        }
        return new Parsed(node, parser.groups);
    }

    private PatternNode choice() {
        if (++depth > DEEPEST) {
            throw text.refused("groups nested more than " + DEEPEST + " deep");
        }
        var sides = new ArrayList<PatternNode>();
        do {
            sides.add(sequence());
        } while (text.take("|"));
        depth--;
        return sides.size() == 1 ? sides.getFirst() : new Choice(sides);
    }

    private PatternNode sequence() {
        var parts = new ArrayList<PatternNode>();
        while (!text.isAtEnd() && !text.isNext("|") && !text.isNext(")")) {
            parts.add(quantified(atom()));
        }
        return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    private PatternNode quantified(PatternNode atom) {
        var counts = counts();
        if (counts.length == 0) {
            return atom;
        }
        text.take("?"); // lazy or not, the language is the same
        boolean ahead = atom instanceof Look look && !look.behind();
        if (atom instanceof Condition && !ahead) {
            throw text.refused("a repeat of an anchor or a look-behind");
        }
        if (counts[1] < counts[0]) {
            throw text.refused("a repeat whose bounds are the wrong way round");
        }
        if (counts().length > 0) {
            throw text.refused("a repeat of a repeat (ECMA-262 has no possessive ones)");
        }
        return new Repeat(atom, counts[0], counts[1]);
    }

    /** The fewest and the most of a repeat, or none where there is no repeat. */
    private int[] counts() {
        return switch (text.peek(0)) {
            case '*' -> counts(0, Repeat.ENDLESS);
            case '+' -> counts(1, Repeat.ENDLESS);
            case '?' -> counts(0, 1);
            case '{' -> inBraces();
            default -> NO_COUNTS;
        };
    }

    private int[] counts(int min, int max) {
        text.take();
        return new int[] {min, max};
    }

    private int[] inBraces() {
        int start = text.position();
        text.take();
        var counts = braced();
        if (counts.length == 0) {
            text.goBack(start); // the brace is a character
        }
        return counts;
    }

    private int[] braced() {
        int min = text.takeCount();
        if (min < 0) {
            return NO_COUNTS;
        }
        int max = !text.take(",") ? min : text.isNext("}") ? Repeat.ENDLESS : text.takeCount();
        return max >= 0 && text.take("}") ? new int[] {min, max} : NO_COUNTS;
    }

    private PatternNode atom() {
        if (counts().length > 0) {
            throw text.refused("a repeat of nothing");
        }
        int c = text.take();
        return switch (c) {
            case '^', '$' -> new Edge(c == '$');
            case '.' -> Characters.LINE_END.negated();
            case '(' -> group();
            case '[' -> classes.read();
            case '\\' -> escape();
            default -> Characters.one(c);
        };
    }

    private PatternNode escape() {
        if (text.isNext("b") || text.isNext("B")) {
            return new Border(text.take() == 'B');
        }
        if (text.peek(0) >= '1' && text.peek(0) <= '9') {
            return back(Integer.toString(text.takeCount()));
        }
        return text.take("k<") ? back(name()) : escapes.read();
    }

    private PatternNode back(String group) {
        references.add(group);
        return new Back(group);
    }

    private PatternNode group() {
        for (var kind : List.of("?=", "?!", "?<=", "?<!")) {
            if (text.take(kind)) {
                return new Look(closed(), kind.endsWith("!"), kind.startsWith("?<"));
            }
        }
        return text.take("?:") ? new Sequence(List.of(closed())) : captured();
    }

    private PatternNode captured() {
        int number = ++numbered;
        groups.put(Integer.toString(number), number);
        if (text.take("?<")) {
            groups.put(name(), number);
        } else if (text.isNext("?")) {
            throw text.refused("a group of a kind that ECMA-262 does not have");
        }
        return new Group(closed(), number);
    }

    private String name() {
        var name = text.takeUntil('>');
        if (!NAME.matcher(name).matches()) {
            throw text.refused("a group whose name \"%s\" is none,".formatted(name));
        }
        return name;
    }

    private PatternNode closed() {
        var body = choice();
        if (!text.take(")")) {
            throw text.refused("a group that is not closed");
        }
        return body;
    }
}
