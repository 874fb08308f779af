package pantheon.night.model.gguf;

import java.util.List;

/**
 * A line of a file's table of tensors.
 *
 * @param shape the lengths of its sides, the fastest first, as the file has them: {@code [columns, rows]}
 * @param type how its numbers are stored
 * @param offset the file's byte at which they begin
 * @param bytes how many bytes they take; 0 where the type cannot be read
 */
public record GgufTensor(String name, List<Long> shape, TensorType type, long offset, long bytes) {
    public GgufTensor {
        shape = List.copyOf(shape);
    }

    /** The numbers of a row: those that lie side by side. */
    public long columns() {
        return shape.getFirst();
    }

    public long rows() {
        return shape.stream().skip(1).reduce(1L, Math::multiplyExact);
    }

    /** How many numbers it has. */
    public long size() {
        return Math.multiplyExact(columns(), rows());
    }
}
