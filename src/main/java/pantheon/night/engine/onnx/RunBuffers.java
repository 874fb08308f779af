package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import pantheon.night.engine.decode.NativeMemory;

/** The native memory that a run's inputs and logits are in, used again by the next run of the same size or less. */
final class RunBuffers implements AutoCloseable {
    private static final int LEAST_BYTES = 1 << 12;

    private final Map<String, NativeMemory> buffers = new HashMap<>();

    /** Memory for an input or an output, whose content is not known. */
    MemorySegment memory(String name, long bytes) {
        var buffer = buffers.get(name);
        if (buffer == null || buffer.bytes() < bytes) {
            if (buffer != null) {
                buffer.close();
            }
            buffer = new NativeMemory(Math.max(bytes, LEAST_BYTES));
            buffers.put(name, buffer);
        }
        return buffer.segment();
    }

    /** Memory for integers, filled. */
    MemorySegment integers(String name, OnnxJavaType type, int count, IntUnaryOperator values) {
        var memory = memory(name, (long) count * type.size);
        for (int i = 0; i < count; i++) {
            if (type == OnnxJavaType.INT64) {
                memory.setAtIndex(ValueLayout.JAVA_LONG, i, values.applyAsInt(i));
            } else {
                memory.setAtIndex(ValueLayout.JAVA_INT, i, values.applyAsInt(i));
            }
        }
        return memory;
    }

    @Override
    public void close() {
        buffers.values().forEach(NativeMemory::close);
        buffers.clear();
    }
}
