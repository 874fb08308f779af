package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtSession;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The keys and values of a run of tokens, as the graph gave them out, in native memory.
 *
 * <p>It never changes; a longer run has a cache of its own. Whoever keeps it holds a reference, and the last to let go
 * frees the memory.
 */
final class KvCache {
    private final OrtSession.Result owner;
    private final Map<String, OnnxTensorLike> tensors;
    private final AtomicInteger references = new AtomicInteger(1);
    private final AtomicInteger open;

    /**
     * @param tensors the graph's input name → the tensor to feed there
     * @param open counts the caches that are not freed
     */
    KvCache(OrtSession.Result owner, Map<String, OnnxTensorLike> tensors, AtomicInteger open) {
        this.owner = owner;
        this.tensors = Map.copyOf(tensors);
        this.open = open;
        open.incrementAndGet();
    }

    Map<String, OnnxTensorLike> tensors() {
        return tensors;
    }

    KvCache retain() {
        references.incrementAndGet();
        return this;
    }

    void release() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("a KV cache was released twice");
        }
        if (left == 0) {
            owner.close();
            open.decrementAndGet();
        }
    }
}
