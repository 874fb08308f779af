package pantheon.night.grammar.text;

import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import pantheon.night.grammar.automaton.Automatons;
import pantheon.night.grammar.automaton.UnsupportedPattern;

/**
 * The strings in which an ECMA-262 regular expression is found, as JSON Schema's {@code pattern} means it: anywhere,
 * by code points.
 *
 * <p>The ends of the string, and the borders of words where the expression asks for them, are written into it as marks
 * that no string can hold (halves of surrogate pairs); so {@code ^}, {@code $} and {@code \b} are symbols like others
 * wherever they stand, and at the end the marks are erased. Back-references and look-behind are not regular, or not
 * worth it, and are refused; a look-ahead can stand where nothing repeats it.
 */
public final class EcmaPattern {
    private final boolean borders;
    /** Whether each end has one mark, which an opposite needs, or any number, which repeated anchors need. */
    private final boolean single;

    private EcmaPattern(PatternNode root) {
        borders = root.has(PatternNode.Border.class);
        single = root.has(PatternNode.Ahead.class);
    }

    /**
     * The language of a pattern.
     *
     * @throws UnsupportedPattern where it is broken, has a construct that is not held, or is too complex
     */
    public static Automaton language(String pattern) {
        var root = PatternParser.parse(pattern);
        if (root.size() > PatternNode.MOST) {
            throw new UnsupportedPattern("the pattern has too many repeats: " + pattern);
        }
        try {
            return new EcmaPattern(root).search(root);
        } catch (UnsupportedPattern e) {
            throw new UnsupportedPattern("pattern %s: %s".formatted(pattern, e.getMessage()));
        }
    }

    private Automaton search(PatternNode root) {
        var parts = root instanceof PatternNode.Sequence sequence ? sequence.parts() : List.of(root);
        boolean begins = !parts.isEmpty() && parts.getFirst() instanceof PatternNode.Edge edge && !edge.end();
        boolean ends = !parts.isEmpty() && parts.getLast() instanceof PatternNode.Edge edge && edge.end();
        var middle = parts.subList(begins ? 1 : 0, Math.max(begins ? 1 : 0, parts.size() - (ends ? 1 : 0)));
        var body = new PatternNode.Sequence(middle);
        if (!borders && !single && !body.has(PatternNode.Edge.class)) {
            var anything = Operations.repeat(Automatons.anyCharacter());
            var none = Automata.makeEmptyString();
            return Automatons.deterministic(
                    Operations.concatenate(List.of(begins ? none : anything, automaton(body), ends ? none : anything)));
        }
        return searchMarked(root);
    }

    /** The general way, by marks. */
    private Automaton searchMarked(PatternNode root) {
        var anything = Operations.repeat(Marks.symbol());
        var found = Operations.concatenate(List.of(anything, ahead(root, anything)));
        var marked = Automatons.deterministic(Marks.strings(borders, single));
        return Automatons.deterministic(Marks.erased(Automatons.intersection(Automatons.deterministic(found), marked)));
    }

    /** A node and what follows it; a look-ahead there speaks of all that follows. */
    private Automaton ahead(PatternNode node, Automaton rest) {
        return switch (node) {
            case PatternNode.Sequence sequence -> ahead(sequence, rest);
            case PatternNode.Choice choice -> ahead(choice, rest);
            case PatternNode.Ahead look -> Automatons.intersection(Automatons.deterministic(rest), meant(look));
            default -> Operations.concatenate(List.of(automaton(node), rest));
        };
    }

    private Automaton ahead(PatternNode.Sequence sequence, Automaton rest) {
        var all = rest;
        for (var part : sequence.parts().reversed()) {
            all = ahead(part, all);
        }
        return all;
    }

    private Automaton ahead(PatternNode.Choice choice, Automaton rest) {
        return choice.has(PatternNode.Ahead.class)
                ? Operations.union(
                        choice.sides().stream().map(side -> ahead(side, rest)).toList())
                : Operations.concatenate(List.of(automaton(choice), rest));
    }

    /** What a look-ahead lets follow. */
    private Automaton meant(PatternNode.Ahead look) {
        var anything = Operations.repeat(Marks.symbol());
        var seen = Automatons.deterministic(ahead(look.body(), anything));
        return look.negated() ? Automatons.minus(Automatons.deterministic(anything), seen) : seen;
    }

    private Automaton automaton(PatternNode node) {
        return switch (node) {
            case PatternNode.Characters characters -> characters.automaton();
            case PatternNode.Sequence sequence -> sequence(sequence.parts());
            case PatternNode.Choice choice ->
                Operations.union(choice.sides().stream().map(this::automaton).toList());
            case PatternNode.Repeat repeat -> repeated(repeat);
            case PatternNode.Edge edge -> Marks.edge(edge.end());
            case PatternNode.Border border -> Marks.border(border.negated());
            case PatternNode.Ahead look ->
                throw new UnsupportedPattern("a look-ahead is held only where nothing repeats it");
        };
    }

    private Automaton sequence(List<PatternNode> parts) {
        return parts.isEmpty()
                ? Automata.makeEmptyString()
                : Operations.concatenate(parts.stream().map(this::automaton).toList());
    }

    private Automaton repeated(PatternNode.Repeat repeat) {
        var body = automaton(repeat.body());
        return repeat.max() == PatternNode.Repeat.ENDLESS
                ? Operations.repeat(body, repeat.min())
                : Operations.repeat(body, repeat.min(), repeat.max());
    }
}
