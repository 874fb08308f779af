package pantheon.night.trainer;

import java.util.ArrayList;
import java.util.List;

/**
 * Where each parameter lies in the one flat array that holds them all. One array makes gradient, clipping, optimizer
 * and checkpoint a few lines each.
 */
final class ParameterLayout {

    /**
     * One parameter: {@code rows} by {@code columns} numbers in row-major order from {@code offset}.
     *
     * @param columns 1 for a vector
     */
    record Slice(String name, int offset, int rows, int columns) {

        int size() {
            return rows * columns;
        }

        boolean isMatrix() {
            return columns > 1;
        }
    }

    private final List<Slice> slices = new ArrayList<>();
    private int size;

    ParameterLayout(ModelShape shape) {
        int hidden = shape.hidden();
        add("embed", shape.vocabulary(), hidden);
        for (int layer = 0; layer < shape.layers(); layer++) {
            add(name(layer, "attention_norm"), hidden, 1);
            add(name(layer, "qkv"), shape.queryWidth() + 2 * shape.keyWidth(), hidden);
            add(name(layer, "qkv_bias"), shape.queryWidth() + 2 * shape.keyWidth(), 1);
            add(name(layer, "output"), hidden, shape.queryWidth());
            add(name(layer, "feed_norm"), hidden, 1);
            add(name(layer, "gate_up"), 2 * shape.feedForward(), hidden);
            add(name(layer, "down"), hidden, shape.feedForward());
        }
        add("norm", hidden, 1);
    }

    static String name(int layer, String part) {
        return "l" + layer + "_" + part;
    }

    private void add(String name, int rows, int columns) {
        slices.add(new Slice(name, size, rows, columns));
        size += rows * columns;
    }

    List<Slice> slices() {
        return List.copyOf(slices);
    }

    /** Numbers in all parameters together. */
    int size() {
        return size;
    }

    Slice slice(String name) {
        return slices.stream()
                .filter(slice -> slice.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parameter is called " + name));
    }
}
