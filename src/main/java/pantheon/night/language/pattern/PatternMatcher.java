package pantheon.night.language.pattern;

import java.util.IdentityHashMap;
import java.util.Optional;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.PatternNode.Back;
import pantheon.night.language.pattern.PatternNode.Look;

/**
 * Finds an ECMA-262 regular expression in a text, in time by the product of their lengths and on no stack; look-ahead
 * and look-behind included.
 */
public final class PatternMatcher {
    /** Expressions with more character positions than this are refused; a text is read once for each, at worst. */
    private static final long MOST = 50_000;

    private final PatternProgram program;
    private final IdentityHashMap<Look, PatternProgram> looks = new IdentityHashMap<>();

    private PatternMatcher(PatternNode root) {
        program = new PatternProgram(root, false);
        root.all().forEach(this::addLook);
    }

    private void addLook(PatternNode part) {
        if (part instanceof Look look) {
            looks.put(look, new PatternProgram(look.body(), !look.behind()));
        }
    }

    /**
     * Reads a pattern.
     *
     * @throws UnsupportedPattern where it is no regular expression of ECMA-262, has a back-reference, or is too large
     */
    public static PatternMatcher of(String pattern) {
        var root = PatternParser.parse(pattern).root();
        if (root.has(Back.class)) {
            throw new UnsupportedPattern("pattern %s has a back-reference, which is not taken".formatted(pattern));
        }
        if (root.size() > MOST) {
            throw new UnsupportedPattern("pattern %s has too many repeats".formatted(pattern));
        }
        return new PatternMatcher(root);
    }

    /** Why a text is no regular expression of ECMA-262; empty where it is one. */
    public static Optional<String> refusal(String text) {
        try {
            PatternParser.parse(text);
            return Optional.empty();
        } catch (UnsupportedPattern e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Whether it is found anywhere in a text. */
    public boolean finds(String text) {
        return new PatternSearch(text, looks).finds(program);
    }
}
