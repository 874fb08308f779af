package pantheon.night.language.automaton;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;

/** Two deterministic automata, walked side by side; of the second, what is in it is kept or left out. */
final class Product {
    private static final int NOWHERE = -1;

    private final Automaton one;
    private final Automaton other;
    private final boolean inBoth;
    private final Automaton out = new Automaton();
    private final Map<Long, Integer> numbers = new HashMap<>();
    /** A state of each, by the number of their pair. */
    private final List<int[]> pairs = new ArrayList<>();

    private Product(Automaton one, Automaton other, boolean inBoth) {
        this.one = one;
        this.other = other;
        this.inBoth = inBoth;
    }

    /** The strings that two languages share. */
    static Automaton inBoth(Automaton one, Automaton other) {
        return new Product(one, other, true).walk();
    }

    /** The strings of one language that are not in another. */
    static Automaton inFirst(Automaton one, Automaton other) {
        return new Product(one, other, false).walk();
    }

    private Automaton walk() {
        if (one.getNumStates() == 0) {
            return out;
        }
        number(0, other.getNumStates() == 0 ? NOWHERE : 0);
        for (int state = 0; state < pairs.size(); state++) {
            add(state, pairs.get(state)[0], pairs.get(state)[1]);
        }
        out.finishState();
        return LiveStates.only(out);
    }

    private void add(int state, int first, int second) {
        boolean inSecond = second != NOWHERE && other.isAccept(second);
        out.setAccept(state, one.isAccept(first) && inSecond == inBoth);
        Ways.from(one, first, way -> cut(state, way, second));
    }

    /** Cuts a way of the first along the ways of the second. */
    private void cut(int state, Transition way, int second) {
        int from = way.min;
        for (var part : parts(second, way.min, way.max)) {
            addOutside(state, way.dest, from, part.min - 1);
            out.addTransition(state, number(way.dest, part.dest), part.min, part.max);
            from = part.max + 1;
        }
        addOutside(state, way.dest, from, way.max);
    }

    private void addOutside(int state, int first, int min, int max) {
        if (!inBoth && min <= max) {
            out.addTransition(state, number(first, NOWHERE), min, max);
        }
    }

    /** The parts of a range on which a state of the second has ways, in order. */
    private List<Transition> parts(int state, int min, int max) {
        var found = new ArrayList<Transition>();
        if (state != NOWHERE) {
            Ways.from(other, state, way -> {
                if (way.max >= min && way.min <= max) {
                    found.add(part(way, min, max));
                }
            });
        }
        return found;
    }

    private static Transition part(Transition way, int min, int max) {
        var part = new Transition();
        part.min = Math.max(min, way.min);
        part.max = Math.min(max, way.max);
        part.dest = way.dest;
        return part;
    }

    private int number(int first, int second) {
        return numbers.computeIfAbsent((long) first << 32 | (second & 0xFFFFFFFFL), missing -> {
            if (pairs.size() > Automatons.MOST_STATES) {
                throw Automatons.tooComplex();
            }
            pairs.add(new int[] {first, second});
            return out.createState();
        });
    }
}
