package pantheon.night.grammar.machine;

import java.util.Arrays;

/** A growing list of frames, used over and over. */
public final class Frames {
    private Frame[] items = new Frame[8];
    private int size;

    public void add(Frame frame) {
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
        }
        items[size++] = frame;
    }

    /** Adds a frame unless an equal one is there already. */
    public void addOnce(Frame frame) {
        for (int i = 0; i < size; i++) {
            if (items[i].equals(frame)) {
                return;
            }
        }
        add(frame);
    }

    public Frame get(int index) {
        return items[index];
    }

    public int size() {
        return size;
    }

    public void cut(int length) {
        size = length;
    }
}
