package pantheon.night.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a run of tokens, in native memory that never crosses into the Java heap.
 *
 * <p>A graph that appends in place ({@code GroupQueryAttention} with a shared buffer) gets the same tensor as past and as
 * present, with room for tokens to come. Any other graph reads the past from one block and writes the longer present
 * into a second, and the two change places. Used by one thread.
 */
final class KvCache implements AutoCloseable {
    private static final int LEAST_TOKENS = 64;

    private final List<KvTensor> layout;
    private final NativeTensors tensors;
    private final boolean inPlace;
    private KvBlock block;
    private @Nullable KvBlock spare;
    private int tokens;

    /** @param inPlace whether the graph appends where the past is */
    KvCache(List<KvTensor> layout, NativeTensors tensors, boolean inPlace) {
        this.layout = layout;
        this.tensors = tensors;
        this.inPlace = inPlace;
        block = new KvBlock(layout, LEAST_TOKENS);
    }

    int tokens() {
        return tokens;
    }

    /** The tokens from one head to the next. */
    private int stride() {
        return inPlace ? block.capacity() : tokens;
    }

    /** Forgets all but the first tokens. */
    void truncate(int length) {
        if (length > tokens) {
            throw new IllegalStateException("a KV cache of %d tokens has no first %d".formatted(tokens, length));
        }
        if (!inPlace && length < tokens) {
            block.copy(block, tokens, length, length);
        }
        tokens = length;
    }

    /** Takes over another cache's tokens in place of its own. */
    void copy(KvCache other) {
        tokens = 0;
        reserve(other.tokens);
        block.copy(other.block, other.stride(), inPlace ? block.capacity() : other.tokens, other.tokens);
        tokens = other.tokens;
    }

    /** A run's tensors, by the graph's names. */
    record Binding(Map<String, OnnxTensor> pasts, Map<String, OnnxTensor> presents) {}

    /**
     * Opens the tensors of a run that appends some tokens, to be closed after it; {@link #appended} then makes the
     * tokens this cache's own.
     */
    Binding open(int more) throws OrtException {
        reserve(tokens + more);
        var target = inPlace ? block : spare();
        var binding = new Binding(new HashMap<>(), new HashMap<>());
        try {
            for (int i = 0; i < layout.size(); i++) {
                open(i, more, target, binding);
            }
            return binding;
        } catch (OrtException e) {
            close(binding);
            throw e;
        }
    }

    private void open(int index, int more, KvBlock target, Binding binding) throws OrtException {
        var tensor = layout.get(index);
        var past = view(block, index, inPlace ? block.capacity() : tokens);
        binding.pasts.put(tensor.past(), past);
        binding.presents.put(tensor.present(), inPlace ? past : view(target, index, tokens + more));
    }

    private OnnxTensor view(KvBlock of, int index, int length) throws OrtException {
        var tensor = layout.get(index);
        return tensors.view(of.segment(index), tensor.type(), 1, tensor.heads(), length, tensor.width());
    }

    void close(Binding binding) {
        binding.pasts.values().forEach(tensors::close);
        if (!inPlace) {
            binding.presents.values().forEach(tensors::close);
        }
    }

    /** Counts tokens that a run has appended. */
    void appended(int more) {
        if (!inPlace) {
            var written = spare();
            spare = block;
            block = written;
        }
        tokens += more;
    }

    /** Makes room: twice as much as before where there is too little, so that growing costs little. */
    private void reserve(int wanted) {
        if (wanted <= block.capacity()) {
            return;
        }
        int capacity = Math.max(wanted, 2 * block.capacity());
        var larger = new KvBlock(layout, capacity);
        larger.copy(block, stride(), inPlace ? capacity : tokens, tokens);
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
            kept = new KvBlock(layout, block.capacity());
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
