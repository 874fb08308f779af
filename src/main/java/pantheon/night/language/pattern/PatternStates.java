package pantheon.night.language.pattern;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;
import pantheon.night.language.automaton.Automatons;
import pantheon.night.language.automaton.LiveStates;
import pantheon.night.language.automaton.UnsupportedPattern;
import pantheon.night.language.pattern.StepSets.Beside;
import pantheon.night.language.pattern.StepSets.Steps;

/**
 * The automaton of a pattern without looks: its states are the sets of steps at which a search can be.
 *
 * <p>Once the pattern is found whatever follows, all that follows is right, and what else was under way is dropped. So
 * a choice of many words that may stand anywhere has about as many states as it has letters.
 */
final class PatternStates {
    private final CharacterKinds kinds;
    private final StepSets sets;
    private final List<State> states = new ArrayList<>();
    private final Map<State, Integer> numbers = new HashMap<>();
    private final int[] behind;

    /** The steps where a letter of a word follows, where anything else does, and where the text ends. */
    private record State(Steps word, Steps other, boolean mayEnd) {
        boolean isFound() {
            return word.found() && other.found() && mayEnd;
        }

        State whole() {
            return isFound() ? everything() : this;
        }
    }

    private PatternStates(PatternNode root) {
        kinds = new CharacterKinds(root);
        sets = new StepSets(root, kinds);
        behind = new int[sets.size()];
    }

    /** @throws UnsupportedPattern where it would take too many states */
    static Automaton language(PatternNode root) {
        return new PatternStates(root).language();
    }

    private Automaton language() {
        var out = new Automaton();
        number(state(0, Beside.EDGE), out);
        for (int number = 0; number < states.size(); number++) {
            add(number, out);
        }
        out.finishState();
        return LiveStates.only(out);
    }

    private State state(int count, Beside before) {
        var other = sets.follow(behind, count, before, Beside.OTHER);
        var word = sets.asksForWords() ? sets.follow(behind, count, before, Beside.WORD) : other;
        return new State(
                        word,
                        other,
                        sets.follow(behind, count, before, Beside.EDGE).found())
                .whole();
    }

    private int number(State state, Automaton out) {
        return numbers.computeIfAbsent(state, missing -> {
            if (states.size() >= Automatons.MOST_STATES) {
                throw Automatons.tooComplex();
            }
            states.add(state);
            return out.createState();
        });
    }

    private void add(int number, Automaton out) {
        var state = states.get(number);
        out.setAccept(number, state.mayEnd());
        var next = new int[kinds.count()];
        for (int kind = 0; kind < next.length; kind++) {
            next[kind] = next(state, number, kind, out);
        }
        kinds.forEachRange((first, last, kind) -> out.addTransition(number, next[kind], first, last));
    }

    private int next(State state, int number, int kind, Automaton out) {
        var steps = kinds.isWord(kind) ? state.word() : state.other();
        if (steps.found()) {
            return state.isFound() ? number : number(everything(), out);
        }
        int count = sets.behind(steps, kind, behind);
        return number(state(count, kinds.isWord(kind) ? Beside.WORD : Beside.OTHER), out);
    }

    private static State everything() {
        var all = new Steps(new int[0], true, 0);
        return new State(all, all, true);
    }
}
