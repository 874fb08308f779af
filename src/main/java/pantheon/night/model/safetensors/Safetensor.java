package pantheon.night.model.safetensors;

import java.util.List;

/**
 * A tensor of a file.
 *
 * @param shape its sides, the outermost first
 * @param offset of its first byte in the file
 */
public record Safetensor(String name, NumberType type, List<Long> shape, long offset, long bytes) {
    public Safetensor {
        shape = List.copyOf(shape);
    }

    /** The numbers of a row; of a tensor with one side that is all. */
    public long columns() {
        return shape.isEmpty() ? 1 : shape.getLast();
    }

    /** All rows of all its outer sides. */
    public long rows() {
        return shape.stream().limit(Math.max(0, shape.size() - 1)).reduce(1L, Math::multiplyExact);
    }
}
