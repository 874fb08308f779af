package pantheon.night.engine.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory outside of the Java heap, given back when it is closed. */
final class NativeMemory implements AutoCloseable {
    private static final int ALIGNMENT_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;

    NativeMemory(long bytes) {
        segment = arena.allocate(bytes, ALIGNMENT_BYTES);
    }

    MemorySegment segment() {
        return segment;
    }

    long bytes() {
        return segment.byteSize();
    }

    @Override
    public void close() {
        arena.close();
    }
}
