package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntUnaryOperator;

/** The native memory that a run's inputs and logits are in, used again by the next run of the same size or less. */
final class RunBuffers implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final MemorySegment ids;
    private final MemorySegment mask;
    private final MemorySegment positions;
    private final MemorySegment kept;
    private final MemorySegment logits;

    /**
     * @param chunkTokens the most tokens of a run
     * @param contextTokens the most tokens of a run and of all before it
     * @param logitsBytes for all the logits of a run
     */
    RunBuffers(int chunkTokens, int contextTokens, long logitsBytes) {
        ids = arena.allocate(ValueLayout.JAVA_LONG, chunkTokens);
        mask = arena.allocate(ValueLayout.JAVA_LONG, contextTokens);
        positions = arena.allocate(ValueLayout.JAVA_LONG, chunkTokens);
        kept = arena.allocate(ValueLayout.JAVA_LONG, 1);
        logits = arena.allocate(logitsBytes, Long.BYTES);
    }

    MemorySegment ids(OnnxJavaType type, int count, IntUnaryOperator values) {
        return fill(ids, type, count, values);
    }

    MemorySegment mask(OnnxJavaType type, int count) {
        return fill(mask, type, count, i -> 1);
    }

    MemorySegment positions(OnnxJavaType type, int count, IntUnaryOperator values) {
        return fill(positions, type, count, values);
    }

    /** Logits are wanted of the last token. */
    MemorySegment kept(OnnxJavaType type) {
        return fill(kept, type, 1, i -> 1);
    }

    private static MemorySegment fill(MemorySegment segment, OnnxJavaType type, int count, IntUnaryOperator values) {
        for (int i = 0; i < count; i++) {
            if (type == OnnxJavaType.INT64) {
                segment.setAtIndex(ValueLayout.JAVA_LONG, i, values.applyAsInt(i));
            } else {
                segment.setAtIndex(ValueLayout.JAVA_INT, i, values.applyAsInt(i));
            }
        }
        return segment;
    }

    MemorySegment logits() {
        return logits;
    }

    /** One row of the logits as floats. */
    float[] row(OnnxJavaType type, int row, int width) {
        var values = new float[width];
        if (type == OnnxJavaType.FLOAT) {
            MemorySegment.copy(logits, ValueLayout.JAVA_FLOAT, (long) row * width * Float.BYTES, values, 0, width);
        } else {
            for (int i = 0; i < width; i++) {
                values[i] = Float.float16ToFloat(logits.getAtIndex(ValueLayout.JAVA_SHORT, (long) row * width + i));
            }
        }
        return values;
    }

    @Override
    public void close() {
        arena.close();
    }
}
