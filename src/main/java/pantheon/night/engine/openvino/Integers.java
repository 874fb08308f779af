package pantheon.night.engine.openvino;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import pantheon.night.engine.openvino.library.InferRequest;
import pantheon.night.engine.openvino.library.Tensor;

/**
 * The whole numbers of a run's inputs, in memory that lasts as long as the run. The codes of their types are those of a
 * request's own tensors, for they belong to the library's version.
 */
final class Integers implements AutoCloseable {
    private final InferRequest request;
    private final Arena arena = Arena.ofConfined();

    Integers(InferRequest request) {
        this.request = request;
    }

    /** Sets an input in 64 bits. */
    void longs(String name, int[] values, long... dimensions) {
        var memory = arena.allocate(ValueLayout.JAVA_LONG, Math.max(1, values.length));
        for (int i = 0; i < values.length; i++) {
            memory.setAtIndex(ValueLayout.JAVA_LONG, i, values[i]);
        }
        set(name, memory, dimensions);
    }

    /** Sets an input in 32 bits. */
    void ints(String name, int[] values, long... dimensions) {
        set(name, arena.allocateFrom(ValueLayout.JAVA_INT, values), dimensions);
    }

    private void set(String name, MemorySegment memory, long... dimensions) {
        int type;
        try (var own = request.get(name)) {
            type = own.type();
        }
        try (var tensor = Tensor.over(request.calls(), memory, type, dimensions)) {
            request.set(name, tensor);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
