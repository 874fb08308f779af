package pantheon.night.engine.onnx;

import ai.onnxruntime.OrtException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of a plain graph, which reads the past from one block and writes the longer present into a second; the two
 * then change places.
 */
final class KvPair implements KvSequence {
    private static final int LEAST_TOKENS = 64;

    private final List<KvTensor> layout;
    private final NativeTensors tensors;
    private KvBlock block;
    private @Nullable KvBlock spare;
    private int tokens;

    KvPair(List<KvTensor> layout, NativeTensors tensors) {
        this.layout = layout;
        this.tensors = tensors;
        block = new KvBlock(layout, 1, LEAST_TOKENS);
    }

    @Override
    public int tokens() {
        return tokens;
    }

    private KvBlock.Strip strip(int length) {
        return new KvBlock.Strip(block, 0, length);
    }

    @Override
    public void truncate(int length) {
        if (length > tokens) {
            throw new IllegalStateException("a sequence of %d tokens has no first %d".formatted(tokens, length));
        }
        if (length < tokens) {
            strip(length).copy(strip(tokens), length);
        }
        tokens = length;
    }

    @Override
    public KvCopy keep(int length) {
        return KvCopy.of(layout, strip(tokens), length);
    }

    @Override
    public void restore(Kept kept, int length) {
        tokens = 0;
        reserve(length);
        strip(length).copy(((KvCopy) kept).strip(), length);
        tokens = length;
    }

    @Override
    public KvBinding open(int more) throws OrtException {
        reserve(tokens + more);
        var target = spare();
        var binding = new KvBinding(tensors);
        try {
            for (int i = 0; i < layout.size(); i++) {
                binding.past(layout.get(i), block.memory(i, 0), tokens);
                binding.present(layout.get(i), target.memory(i, 0), tokens + more);
            }
            return binding;
        } catch (OrtException e) {
            binding.close();
            throw e;
        }
    }

    @Override
    public void appended(int more) {
        var written = spare();
        spare = block;
        block = written;
        tokens += more;
    }

    /** Makes room: twice as much as before where there is too little, so that growing costs little. */
    private void reserve(int wanted) {
        if (wanted <= block.capacity()) {
            return;
        }
        var larger = new KvBlock(layout, 1, Math.max(wanted, 2 * block.capacity()));
        new KvBlock.Strip(larger, 0, tokens).copy(strip(tokens), tokens);
        block.close();
        block = larger;
    }

    /** The block to write to, as large as the one to read from. */
    private KvBlock spare() {
        var kept = spare;
        if (kept == null || kept.capacity() < block.capacity()) {
            if (kept != null) {
                kept.close();
            }
            kept = new KvBlock(layout, 1, block.capacity());
            spare = kept;
        }
        return kept;
    }

    @Override
    public void close() {
        block.close();
        if (spare != null) {
            spare.close();
        }
    }
}
