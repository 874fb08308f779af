package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/** The tensors that a model has open: views of native memory, counted so that a leak shows. */
final class NativeTensors {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final AtomicInteger open = new AtomicInteger();

    /** A tensor over native memory, which stays the caller's and must outlive it. */
    OnnxTensor view(MemorySegment memory, OnnxJavaType type, long... shape) throws OrtException {
        long bytes = type.size;
        for (long dimension : shape) {
            bytes *= dimension;
        }
        var buffer = memory.asSlice(0, bytes).asByteBuffer().order(ByteOrder.nativeOrder());
        var tensor = OnnxTensor.createTensor(environment, buffer, shape, type);
        open.incrementAndGet();
        return tensor;
    }

    void close(OnnxTensor tensor) {
        tensor.close();
        open.decrementAndGet();
    }

    int open() {
        return open.get();
    }
}
