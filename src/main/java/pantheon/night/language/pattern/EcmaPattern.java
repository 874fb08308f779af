package pantheon.night.language.pattern;

import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.PatternNode.Back;
import pantheon.night.language.pattern.PatternNode.Choice;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternNode.Edge;
import pantheon.night.language.pattern.PatternNode.Group;
import pantheon.night.language.pattern.PatternNode.Look;
import pantheon.night.language.pattern.PatternNode.Repeat;
import pantheon.night.language.pattern.PatternNode.Sequence;

/**
 * The strings in which an ECMA-262 regular expression is found, as JSON Schema's {@code pattern} means it: anywhere,
 * by code points.
 *
 * <p>Most patterns have conditions at their ends only, and are put together from automata of their parts. All others
 * are walked place by place, see {@link PatternWalk}. Back-references are not regular, and look-behind is not worth it:
 * no automaton is made of these, though {@link PatternMatcher} finds them.
 */
public final class EcmaPattern {
    private static final Automaton ANYTHING = Operations.repeat(Automatons.anyCharacter());

    private EcmaPattern() {}

    /**
     * The language of a pattern.
     *
     * @throws UnsupportedPattern where it is broken, has a construct that is not held, or is too complex
     */
    public static Automaton language(String pattern) {
        var root = PatternParser.parse(pattern).root();
        if (root.size() > PatternNode.MOST) {
            throw new UnsupportedPattern("the pattern has too many repeats: " + pattern);
        }
        if (root.has(Back.class)) {
            throw new UnsupportedPattern("pattern %s has a back-reference".formatted(pattern));
        }
        if (root.all().anyMatch(part -> part instanceof Look look && look.behind())) {
            throw new UnsupportedPattern("pattern %s has a look-behind".formatted(pattern));
        }
        return searched(pattern, root);
    }

    private static Automaton searched(String pattern, PatternNode root) {
        try {
            return isPlain(root) ? Automatons.deterministic(search(root)) : PatternWalk.language(root);
        } catch (UnsupportedPattern e) {
            throw new UnsupportedPattern("pattern %s: %s".formatted(pattern, e.getMessage()));
        }
    }

    /** Whether it has conditions at its ends only, or is a choice of such. */
    private static boolean isPlain(PatternNode root) {
        return root instanceof Choice choice
                ? choice.parts().stream().allMatch(EcmaPattern::isPlain)
                : !middle(root).has(Condition.class);
    }

    private static Automaton search(PatternNode root) {
        if (root instanceof Choice choice) {
            return Operations.union(
                    choice.parts().stream().map(EcmaPattern::search).toList());
        }
        var none = Automata.makeEmptyString();
        return Operations.concatenate(
                List.of(begins(root) ? none : ANYTHING, automaton(middle(root)), ends(root) ? none : ANYTHING));
    }

    private static boolean begins(PatternNode root) {
        var parts = sequence(root);
        return !parts.isEmpty() && parts.getFirst() instanceof Edge edge && !edge.end();
    }

    private static boolean ends(PatternNode root) {
        var parts = sequence(root);
        return !parts.isEmpty() && parts.getLast() instanceof Edge edge && edge.end();
    }

    private static Sequence middle(PatternNode root) {
        var parts = sequence(root);
        return new Sequence(parts.subList(begins(root) ? 1 : 0, parts.size() - (ends(root) ? 1 : 0)));
    }

    private static List<PatternNode> sequence(PatternNode root) {
        return root instanceof Sequence sequence ? sequence.parts() : List.of(root);
    }

    private static Automaton automaton(PatternNode node) {
        return switch (node) {
            case Characters characters -> characters.automaton();
            case Sequence sequence -> inTurn(sequence.parts());
            case Choice choice ->
                Operations.union(
                        choice.parts().stream().map(EcmaPattern::automaton).toList());
            case Repeat repeat -> repeated(repeat);
            case Group group -> automaton(group.body());
            case Back back -> throw new IllegalStateException(back + " has no automaton");
            case Condition condition -> throw new IllegalStateException(condition + " has no automaton");
        };
    }

    private static Automaton inTurn(List<PatternNode> parts) {
        return parts.isEmpty()
                ? Automata.makeEmptyString()
                : Operations.concatenate(
                        parts.stream().map(EcmaPattern::automaton).toList());
    }

    private static Automaton repeated(Repeat repeat) {
        var body = automaton(repeat.body());
        return repeat.max() == Repeat.ENDLESS
                ? Operations.repeat(body, repeat.min())
                : Operations.repeat(body, repeat.min(), repeat.max());
    }
}
