package pantheon.night.engine.onnx;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import pantheon.night.engine.decode.NativeMemory;

/**
 * Native memory for the keys and values of so many rows of so many tokens, {@code [rows, heads, tokens, width]} for each
 * of the graph's tensors.
 */
final class KvBlock implements AutoCloseable {
    private final List<KvTensor> layout;
    private final int rows;
    private final List<NativeMemory> parts = new ArrayList<>();
    private int capacity;

    KvBlock(List<KvTensor> layout, int rows, int capacity) {
        this.layout = layout;
        this.rows = rows;
        this.capacity = capacity;
        layout.forEach(tensor -> parts.add(part(tensor, capacity)));
    }

    private NativeMemory part(KvTensor tensor, int tokens) {
        return new NativeMemory(rows * tensor.bytes(tokens));
    }

    /** In tokens a row. */
    int capacity() {
        return capacity;
    }

    long bytes() {
        return parts.stream().mapToLong(NativeMemory::bytes).sum();
    }

    /** A tensor from a row on. */
    MemorySegment memory(int tensor, int row) {
        return parts.get(tensor).segment().asSlice(row * layout.get(tensor).bytes(capacity));
    }

    /**
     * A place for tokens in a block.
     *
     * @param stride the tokens from one head to the next
     */
    record Strip(KvBlock block, int row, int stride) {
        /** Copies the first tokens of another strip, or of this one to where fewer tokens have them. */
        void copy(Strip from, int tokens) {
            for (int i = 0; i < block.layout.size(); i++) {
                copy(
                        block.layout.get(i),
                        block.parts.get(i).segment(),
                        from,
                        from.block.parts.get(i).segment(),
                        tokens);
            }
        }

        private void copy(KvTensor tensor, MemorySegment to, Strip from, MemorySegment source, int tokens) {
            for (int head = 0; head < tensor.heads(); head++) {
                long target = tensor.rowBytes() * stride * ((long) row * tensor.heads() + head);
                long start = tensor.rowBytes() * from.stride * ((long) from.row * tensor.heads() + head);
                MemorySegment.copy(source, start, to, target, tensor.rowBytes() * tokens);
            }
        }
    }

    /** Makes room for more tokens in each row, one tensor after the other, so that little is there twice. */
    void widen(int wider, IntUnaryOperator tokensOfRow) {
        for (int i = 0; i < parts.size(); i++) {
            var before = parts.get(i);
            var after = part(layout.get(i), wider);
            copyRows(layout.get(i), before.segment(), after.segment(), wider, tokensOfRow);
            parts.set(i, after);
            before.close();
        }
        capacity = wider;
    }

    private void copyRows(
            KvTensor tensor, MemorySegment before, MemorySegment after, int wider, IntUnaryOperator tokensOfRow) {
        for (int head = 0; head < rows * tensor.heads(); head++) {
            MemorySegment.copy(
                    before,
                    tensor.rowBytes() * capacity * head,
                    after,
                    tensor.rowBytes() * wider * head,
                    tensor.rowBytes() * tokensOfRow.applyAsInt(head / tensor.heads()));
        }
    }

    @Override
    public void close() {
        parts.forEach(NativeMemory::close);
    }
}
