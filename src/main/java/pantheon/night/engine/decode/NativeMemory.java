package pantheon.night.engine.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Memory outside of the Java heap, given back when it is closed. */
public final class NativeMemory implements AutoCloseable {
    private static final int ALIGNMENT_BYTES = 64;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment segment;

    /** Takes zeroed memory. */
    public NativeMemory(long bytes) {
        segment = arena.allocate(bytes, ALIGNMENT_BYTES);
    }

    public MemorySegment segment() {
        return segment;
    }

    public long bytes() {
        return segment.byteSize();
    }

    @Override
    public void close() {
        arena.close();
    }
}
