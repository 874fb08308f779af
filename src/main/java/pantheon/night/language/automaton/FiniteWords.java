package pantheon.night.language.automaton;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;

/** The words of a language, as far as they can be listed. */
final class FiniteWords {
    private static final int DEEPEST = 1_000;
    private static final byte UNDER_WAY = 1;
    private static final byte DONE = 2;

    private final Automaton automaton;
    private final int most;
    private final StringBuilder begun = new StringBuilder();
    private final List<String> found = new ArrayList<>();

    private FiniteWords(Automaton automaton, int most) {
        this.automaton = automaton;
        this.most = most;
    }

    /** Words of a finite language, at most so many. */
    static List<String> of(Automaton automaton, int most) {
        var words = new FiniteWords(automaton, most);
        if (automaton.getNumStates() > 0) {
            words.collect(0);
        }
        return words.found;
    }

    private void collect(int state) {
        if (found.size() < most && automaton.isAccept(state)) {
            found.add(begun.toString());
        }
        Ways.from(automaton, state, way -> {
            for (int c = way.min; c <= way.max && found.size() < most; c++) {
                int length = begun.length();
                begun.appendCodePoint(c);
                collect(way.dest);
                begun.setLength(length);
            }
        });
    }

    /** Whether a language is finite, and no word of it longer than anyone would list. */
    static boolean areAll(Automaton automaton) {
        return automaton.getNumStates() == 0 || isFinite(automaton, 0, new byte[automaton.getNumStates()], 0);
    }

    private static boolean isFinite(Automaton automaton, int state, byte[] marks, int depth) {
        if (depth > DEEPEST) {
            return false; // finite perhaps, but with more words than anyone would list
        }
        marks[state] = UNDER_WAY;
        var way = new Transition();
        int count = automaton.initTransition(state, way);
        for (int i = 0; i < count; i++) {
            automaton.getNextTransition(way);
            byte mark = marks[way.dest];
            if (mark == UNDER_WAY || (mark == 0 && !isFinite(automaton, way.dest, marks, depth + 1))) {
                return false;
            }
        }
        marks[state] = DONE;
        return true;
    }
}
