package pantheon.night.language.pattern;

import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.PatternNode.Back;
import pantheon.night.language.pattern.PatternNode.Look;

/**
 * The strings in which an ECMA-262 regular expression is found, as JSON Schema's {@code pattern} means it: anywhere,
 * by code points.
 *
 * <p>Patterns are walked set by set of their steps, those with looks place by place, see {@link PatternStates} and
 * {@link PatternWalk}. Back-references are not regular, and look-behind is not worth it:
 * no automaton is made of these, though {@link PatternMatcher} finds them.
 */
public final class EcmaPattern {
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
            return root.has(Look.class) ? PatternWalk.language(root) : PatternStates.language(root);
        } catch (UnsupportedPattern e) {
            throw new UnsupportedPattern("pattern %s: %s".formatted(pattern, e.getMessage()));
        }
    }
}
