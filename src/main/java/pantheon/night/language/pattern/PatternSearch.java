package pantheon.night.language.pattern;

import java.util.BitSet;
import java.util.IdentityHashMap;
import pantheon.night.language.pattern.PatternNode.Border;
import pantheon.night.language.pattern.PatternNode.Condition;
import pantheon.night.language.pattern.PatternNode.Edge;
import pantheon.night.language.pattern.PatternNode.Look;

/**
 * The search of one text.
 *
 * <p>A program is at all of its possible steps at once. Where a look holds is found for the whole text, by one pass
 * against its direction: what is ahead of a place is found by a pass from the end that arrives there.
 */
final class PatternSearch {
    private final int[] text;
    private final IdentityHashMap<Look, PatternProgram> looks;
    private final IdentityHashMap<Look, BitSet> holding = new IdentityHashMap<>();

    PatternSearch(String text, IdentityHashMap<Look, PatternProgram> looks) {
        this.text = text.codePoints().toArray();
        this.looks = looks;
    }

    boolean finds(PatternProgram program) {
        var steps = new PatternSteps(program, this::holds);
        for (int at = 0; at <= text.length; at++) {
            if (steps.begin(at)) {
                return true;
            }
            if (at < text.length) {
                steps.take(text[at]);
            }
        }
        return false;
    }

    private boolean holds(Condition condition, int at) {
        return switch (condition) {
            case Edge edge -> at == (edge.end() ? text.length : 0);
            case Border border -> (isWord(at - 1) != isWord(at)) != border.negated();
            case Look look -> holding(look).get(at) != look.negated();
        };
    }

    private boolean isWord(int at) {
        return at >= 0 && at < text.length && Characters.WORD.contains(text[at]);
    }

    /** The places where the form is ahead, or behind, be it asked for or ruled out. */
    private BitSet holding(Look look) {
        var known = holding.get(look);
        if (known == null) {
            known = look.behind() ? forwards(look) : backwards(look);
            holding.put(look, known);
        }
        return known;
    }

    private BitSet forwards(Look look) {
        var found = new BitSet();
        var steps = new PatternSteps(program(look), this::holds);
        for (int at = 0; at <= text.length; at++) {
            found.set(at, steps.begin(at));
            if (at < text.length) {
                steps.take(text[at]);
            }
        }
        return found;
    }

    private BitSet backwards(Look look) {
        var found = new BitSet();
        var steps = new PatternSteps(program(look), this::holds);
        for (int at = text.length; at >= 0; at--) {
            found.set(at, steps.begin(at));
            if (at > 0) {
                steps.take(text[at - 1]);
            }
        }
        return found;
    }

    private PatternProgram program(Look look) {
        var program = looks.get(look);
        if (program == null) {
            throw new IllegalStateException(look + " is of another pattern");
        }
        return program;
    }
}
