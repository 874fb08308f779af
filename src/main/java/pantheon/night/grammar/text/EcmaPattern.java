package pantheon.night.grammar.text;

import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.Transition;

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
    private static final int BEGIN = 0xD800;
    private static final int END = 0xD801;
    private static final int BORDER = 0xD802;
    private static final int NO_BORDER = 0xD803;
    private static final int LAST_MARK = NO_BORDER;

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
        var anything = Operations.repeat(symbol());
        var found = Operations.concatenate(List.of(anything, ahead(root, anything)));
        return Automatons.deterministic(
                erased(Automatons.intersection(Automatons.deterministic(found), Automatons.deterministic(marked()))));
    }

    /** Any character or mark. */
    private Automaton symbol() {
        return Operations.union(List.of(Automatons.anyCharacter(), Automata.makeCharRange(BEGIN, LAST_MARK)));
    }

    /** All strings, with marks where they belong. */
    private Automaton marked() {
        var begin = Automata.makeChar(BEGIN);
        var end = Automata.makeChar(END);
        var inside = borders ? borderMarks() : Operations.repeat(Automatons.anyCharacter());
        return Operations.concatenate(
                List.of(single ? begin : Operations.repeat(begin), inside, single ? end : Operations.repeat(end)));
    }

    /** Strings with any number of marks between characters, each one true. */
    private static Automaton borderMarks() {
        var word = PatternNode.Characters.WORD.automaton();
        var other = PatternNode.Characters.WORD.negated().automaton();
        var out = new Automaton.Builder();
        int[] outside = new int[3];
        for (int i = 0; i < 3; i++) {
            outside[i] = out.createState();
        }
        int[] inside = new int[3];
        for (int i = 0; i < 3; i++) {
            inside[i] = out.createState();
        }
        // Of each three: nothing said, a border was said, no border was said.
        for (var here : List.of(outside, inside)) {
            out.addTransition(here[0], here[1], BORDER);
            out.addTransition(here[1], here[1], BORDER);
            out.addTransition(here[0], here[2], NO_BORDER);
            out.addTransition(here[2], here[2], NO_BORDER);
        }
        out.setAccept(outside[0], true);
        out.setAccept(outside[2], true);
        out.setAccept(inside[0], true);
        out.setAccept(inside[1], true);
        copy(out, word, inside[0], outside[0], outside[1], inside[0], inside[2]);
        copy(out, other, outside[0], outside[0], outside[2], inside[0], inside[1]);
        return out.finish();
    }

    private static void copy(Automaton.Builder out, Automaton characters, int to, int... from) {
        var transition = new Transition();
        int count = characters.initTransition(0, transition);
        for (int i = 0; i < count; i++) {
            characters.getNextTransition(transition);
            for (int state : from) {
                out.addTransition(state, to, transition.min, transition.max);
            }
        }
    }

    /** The same language without its marks. */
    private static Automaton erased(Automaton marked) {
        var out = new Automaton();
        for (int state = 0; state < marked.getNumStates(); state++) {
            out.createState();
            out.setAccept(state, marked.isAccept(state));
        }
        if (marked.getNumStates() == 0) {
            return Automata.makeEmpty();
        }
        // Every state gets the transitions of all states that marks alone lead to.
        var transition = new Transition();
        for (int state = 0; state < marked.getNumStates(); state++) {
            var closure = closure(marked, state);
            for (int member = closure.nextSetBit(0); member >= 0; member = closure.nextSetBit(member + 1)) {
                if (marked.isAccept(member)) {
                    out.setAccept(state, true);
                }
                int count = marked.initTransition(member, transition);
                for (int i = 0; i < count; i++) {
                    marked.getNextTransition(transition);
                    if (transition.min < BEGIN) {
                        out.addTransition(state, transition.dest, transition.min, Math.min(transition.max, BEGIN - 1));
                    }
                    if (transition.max > Character.MAX_SURROGATE) {
                        out.addTransition(
                                state,
                                transition.dest,
                                Math.max(transition.min, Character.MAX_SURROGATE + 1),
                                transition.max);
                    }
                }
            }
        }
        out.finishState();
        return out;
    }

    private static java.util.BitSet closure(Automaton marked, int start) {
        var found = new java.util.BitSet();
        var queue = new java.util.ArrayDeque<Integer>();
        queue.add(start);
        found.set(start);
        while (!queue.isEmpty()) {
            int state = queue.remove();
            for (int mark = BEGIN; mark <= LAST_MARK; mark++) {
                int next = marked.step(state, mark);
                if (next >= 0 && !found.get(next)) {
                    found.set(next);
                    queue.add(next);
                }
            }
        }
        return found;
    }

    /** A node and what follows it; a look-ahead there speaks of all that follows. */
    private Automaton ahead(PatternNode node, Automaton rest) {
        return switch (node) {
            case PatternNode.Sequence sequence -> {
                var all = rest;
                for (var part : sequence.parts().reversed()) {
                    all = ahead(part, all);
                }
                yield all;
            }
            case PatternNode.Choice choice ->
                choice.has(PatternNode.Ahead.class)
                        ? Operations.union(choice.sides().stream()
                                .map(side -> ahead(side, rest))
                                .toList())
                        : Operations.concatenate(List.of(automaton(choice), rest));
            case PatternNode.Ahead look -> {
                var seen = Automatons.deterministic(ahead(look.body(), Operations.repeat(symbol())));
                var meant = look.negated() ? opposite(seen) : seen;
                yield Automatons.intersection(Automatons.deterministic(rest), meant);
            }
            default -> Operations.concatenate(List.of(automaton(node), rest));
        };
    }

    private Automaton opposite(Automaton seen) {
        return Automatons.minus(Automatons.deterministic(Operations.repeat(symbol())), seen);
    }

    private Automaton automaton(PatternNode node) {
        return switch (node) {
            case PatternNode.Characters characters -> characters.automaton();
            case PatternNode.Sequence sequence ->
                sequence.parts().isEmpty()
                        ? Automata.makeEmptyString()
                        : Operations.concatenate(
                                sequence.parts().stream().map(this::automaton).toList());
            case PatternNode.Choice choice ->
                Operations.union(choice.sides().stream().map(this::automaton).toList());
            case PatternNode.Repeat repeat -> {
                var body = automaton(repeat.body());
                yield repeat.max() == PatternNode.Repeat.ENDLESS
                        ? Operations.repeat(body, repeat.min())
                        : Operations.repeat(body, repeat.min(), repeat.max());
            }
            case PatternNode.Edge edge -> Automata.makeChar(edge.end() ? END : BEGIN);
            case PatternNode.Border border -> Automata.makeChar(border.negated() ? NO_BORDER : BORDER);
            case PatternNode.Ahead look ->
                throw new UnsupportedPattern("a look-ahead is held only where nothing repeats it");
        };
    }
}
