package pantheon.night.grammar;

import java.util.Arrays;

/** A growing list of frames, used over and over. */
final class Frames {
    private Frame[] items = new Frame[8];
    private int size;

    void add(Frame frame) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = frame;
    }

    /** Adds a frame unless an equal one is there already. */
    void addOnce(Frame frame) {
        for (int i = 0; i < size; i++) {
            if (items[i].equals(frame)) {
                return;
            }
        }
        add(frame);
    }

    Frame get(int index) {
        return items[index];
    }

    int size() {
        return size;
    }

    void cut(int length) {
        size = length;
    }
}
