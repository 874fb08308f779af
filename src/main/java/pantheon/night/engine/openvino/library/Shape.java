package pantheon.night.engine.openvino.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * {@code ov_shape_t}, which the library takes by value.
 *
 * @param struct the rank, and where the dimensions are
 */
public record Shape(MemorySegment struct) {
    public static final MemoryLayout LAYOUT = MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS);

    public static Shape of(Arena arena, long... dimensions) {
        var struct = arena.allocate(LAYOUT);
        struct.set(ValueLayout.JAVA_LONG, 0, dimensions.length);
        struct.set(ValueLayout.ADDRESS, Long.BYTES, arena.allocateFrom(ValueLayout.JAVA_LONG, dimensions));
        return new Shape(struct);
    }

    /** The dimensions that the library has put there. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    public long[] dimensions() {
        long bytes = Long.BYTES * struct.get(ValueLayout.JAVA_LONG, 0);
        return struct.get(ValueLayout.ADDRESS, Long.BYTES).reinterpret(bytes).toArray(ValueLayout.JAVA_LONG);
    }
}
