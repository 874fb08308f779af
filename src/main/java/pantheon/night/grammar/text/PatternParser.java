package pantheon.night.grammar.text;

import java.util.ArrayList;
import pantheon.night.grammar.automaton.UnsupportedPattern;
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
    private static final int[] NO_COUNTS = {};

    private final PatternText text;
    private final PatternEscapes escapes;
    private final PatternClass classes;
    private int depth;

    private PatternParser(String pattern) {
        text = new PatternText(pattern);
        escapes = new PatternEscapes(text);
        classes = new PatternClass(text, escapes);
    }

    /** @throws UnsupportedPattern where it is broken or has a construct that is not held */
    static PatternNode parse(String pattern) {
        var parser = new PatternParser(pattern);
        var node = parser.choice();
        if (!parser.text.isAtEnd()) {
            throw parser.text.refused("a \")\" that closes nothing");
        }
        return node;
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
        if (counts[1] < counts[0]) {
            throw text.refused("a repeat whose bounds are the wrong way round");
        }
        return quantified(new Repeat(atom, counts[0], counts[1]));
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
        if (text.isNext("*") || text.isNext("+") || text.isNext("?")) {
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
        return text.isNext("b") || text.isNext("B") ? new Border(text.take() == 'B') : escapes.read(false);
    }

    private PatternNode group() {
        if (text.take("?=")) {
            return new Ahead(closed(), false);
        }
        if (text.take("?!")) {
            return new Ahead(closed(), true);
        }
        if (text.isNext("?<=") || text.isNext("?<!")) {
            throw text.refused("a look-behind");
        }
        passKind();
        return closed();
    }

    /** Passes what says that a group has a name, or no number; for the language it says nothing. */
    private void passKind() {
        if (text.take("?<") || text.take("?P<")) {
            text.takeUntil('>');
        } else if (text.isNext("?") && !text.take("?:")) {
            throw text.refused("a group of an unknown kind");
        }
    }

    private PatternNode closed() {
        var body = choice();
        if (!text.take(")")) {
            throw text.refused("a group that is not closed");
        }
        return body;
    }
}
