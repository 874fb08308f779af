package pantheon.night.language.text;

import java.util.Arrays;

/** A growing set of states, few enough to be looked through one by one. */
final class FewStates {
    private int[] states = new int[8];
    private int count;

    void add(int state) {
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

    void addAll(int[] more) {
        for (int state : more) {
            add(state);
        }
    }

    int[] toArray() {
        return Arrays.copyOf(states, count);
    }
}
