package pantheon.night.language.free;

import java.util.Arrays;

/** A growing set of states, few enough to be looked through one by one. */
public final class FewStates {
    private int[] states = new int[8];
    private int count;

    /** Adds a state, where it is not there yet. */
    public void add(int state) {
        for (int i = 0; i < count; i++) {
            if (states[i] == state) {
                return;
            }
        }
        if (count == states.length) {
            states = Arrays.copyOf(states, 2 * count);
        }
        states[count++] = state;
    }

    /** The same of each of some. */
    public void addAll(int[] more) {
        for (int state : more) {
            add(state);
        }
    }

    /** The states, in the order in which they were added. */
    public int[] toArray() {
        return Arrays.copyOf(states, count);
    }
}
