package pantheon.night.model.graph;

import java.util.Arrays;
import java.util.List;

/** A tensor of a graph whose numbers are in the data file beside it. */
public record Constant(String name, ElementType type, List<Long> shape) {
    public Constant {
        shape = List.copyOf(shape);
    }

    public static Constant of(String name, ElementType type, long... shape) {
        return new Constant(name, type, Arrays.stream(shape).boxed().toList());
    }

    /** How many bytes its numbers take. */
    public long bytes() {
        return Math.multiplyExact(shape.stream().reduce(1L, Math::multiplyExact), (long) type.bytes());
    }
}
