package pantheon.night.engine.openvino.library;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The library's handle of some numbers in memory.
 *
 * @param handle freed when this is closed; the memory is only where the library made it itself
 */
public record Tensor(NativeCalls calls, MemorySegment handle) implements AutoCloseable {
    /**
     * One over memory of somebody else's, which has to outlive what it is given to.
     *
     * @param type the library's code of an element's type
     */
    public static Tensor over(NativeCalls calls, MemorySegment memory, int type, long... dimensions) {
        try (var arena = Arena.ofConfined()) {
            return new Tensor(
                    calls, calls.made("ov_tensor_create_from_host_ptr", type, Shape.of(arena, dimensions), memory));
        }
    }

    /** One with memory of its own. */
    public static Tensor of(NativeCalls calls, int type, long... dimensions) {
        try (var arena = Arena.ofConfined()) {
            return new Tensor(calls, calls.made("ov_tensor_create", type, Shape.of(arena, dimensions)));
        }
    }

    /** The library's code of an element's type, which belongs to its version. */
    public int type() {
        try (var arena = Arena.ofConfined()) {
            var place = arena.allocate(ValueLayout.JAVA_INT);
            calls.call("ov_tensor_get_element_type", handle, place);
            return place.get(ValueLayout.JAVA_INT, 0);
        }
    }

    public long[] dimensions() {
        try (var arena = Arena.ofConfined()) {
            var shape = new Shape(arena.allocate(Shape.LAYOUT));
            calls.call("ov_tensor_get_shape", handle, shape.struct());
            var dimensions = shape.dimensions();
            calls.call("ov_shape_free", shape.struct());
            return dimensions;
        }
    }

    public long bytes() {
        try (var arena = Arena.ofConfined()) {
            var place = arena.allocate(ValueLayout.JAVA_LONG);
            calls.call("ov_tensor_get_byte_size", handle, place);
            return place.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    /** Where the numbers are; good until the tensor is changed or its owner runs again. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    public MemorySegment memory() {
        return calls.made("ov_tensor_data", handle).reinterpret(bytes());
    }

    @Override
    public void close() {
        calls.release("ov_tensor_free", handle);
    }
}
