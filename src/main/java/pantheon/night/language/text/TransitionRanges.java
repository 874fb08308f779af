package pantheon.night.language.text;

import java.util.Arrays;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Transition;
import pantheon.night.language.free.FewStates;

/** The ways out of one state of a deterministic automaton: ranges of code points, and where they lead. */
final class TransitionRanges {
    /** Some code points lead elsewhere than others. */
    static final int MIXED = -2;

    private final int[] first;
    private final int[] last;
    private final int[] target;

    TransitionRanges(Automaton automaton, int state) {
        var transition = new Transition();
        int count = automaton.initTransition(state, transition);
        first = new int[count];
        last = new int[count];
        target = new int[count];
        for (int i = 0; i < count; i++) {
            automaton.getNextTransition(transition);
            first[i] = transition.min;
            last[i] = transition.max;
            target[i] = transition.dest;
        }
    }

    /** The index of the first range that ends at a code point or behind it. */
    private int index(int c) {
        int low = 0;
        int high = last.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (last[middle] < c) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Where a code point leads, {@link ByteTable#DEAD} for nowhere. */
    int at(int c) {
        int index = index(c);
        return index < first.length && first[index] <= c ? target[index] : ByteTable.DEAD;
    }

    /** Whether any code point between two leads anywhere. */
    boolean hasAny(int from, int to) {
        int index = index(from);
        return index < first.length && first[index] <= to;
    }

    /** Writes where so many code points from one on lead, into a row from an index on. */
    void fill(int[] row, int at, int from, int count) {
        int to = from + count;
        for (int i = index(from); i < first.length && first[i] < to; i++) {
            int start = Math.max(from, first[i]) - from;
            int end = Math.min(to, last[i] + 1) - from;
            Arrays.fill(row, at + start, at + end, target[i]);
        }
    }

    /** Where all code points between two lead, or {@link #MIXED}. */
    int all(int from, int to) {
        int index = index(from);
        if (index == first.length || first[index] > to) {
            return ByteTable.DEAD;
        }
        return isCovered(from, to, index) ? target[index] : MIXED;
    }

    /** Whether ranges from an index on, with one target, have all code points between two. */
    private boolean isCovered(int from, int to, int index) {
        int next = from;
        for (int i = index; next <= to; i++) {
            if (i == first.length || first[i] > next || target[i] != target[index]) {
                return false;
            }
            next = last[i] + 1;
        }
        return true;
    }

    /** Adds where the code points between two lead, up to the first that leads nowhere; whether there is none such. */
    boolean collect(int from, int to, FewStates into) {
        int next = from;
        for (int i = index(from); next <= to; i++) {
            if (i == first.length || first[i] > next) {
                return false;
            }
            into.add(target[i]);
            next = last[i] + 1;
        }
        return true;
    }
}
