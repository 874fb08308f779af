package pantheon.night.engine.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Native memory for the keys and values of so many tokens, a segment for each of the graph's tensors. */
final class KvBlock implements AutoCloseable {
    private static final int ALIGNMENT_BYTES = 64;

    private final List<KvTensor> layout;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> segments;
    private final int capacity;

    KvBlock(List<KvTensor> layout, int capacity) {
        this.layout = layout;
        this.capacity = capacity;
        segments = layout.stream()
                .map(tensor -> arena.allocate(tensor.bytes(capacity), ALIGNMENT_BYTES))
                .toList();
    }

    /** In tokens. */
    int capacity() {
        return capacity;
    }

    MemorySegment segment(int tensor) {
        return segments.get(tensor);
    }

    /**
     * Copies the first tokens of another block, or of this one to where fewer tokens have them.
     *
     * @param fromStride the tokens from one head to the next over there
     * @param stride the tokens from one head to the next here
     */
    void copy(KvBlock from, int fromStride, int stride, int tokens) {
        for (int i = 0; i < segments.size(); i++) {
            var tensor = layout.get(i);
            long row = tensor.rowBytes();
            for (int head = 0; head < tensor.heads(); head++) {
                MemorySegment.copy(
                        from.segment(i), head * row * fromStride, segment(i), head * row * stride, row * tokens);
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
