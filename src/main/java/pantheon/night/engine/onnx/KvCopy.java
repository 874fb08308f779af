package pantheon.night.engine.onnx;

import java.util.List;
import pantheon.night.engine.decode.Sequence;

/** A copy of some tokens' keys and values, no longer than they are. */
record KvCopy(KvBlock block, int tokens) implements Sequence.Kept {
    static KvCopy of(List<KvTensor> layout, KvBlock.Strip from, int tokens) {
        var copy = new KvCopy(new KvBlock(layout, 1, tokens), tokens);
        copy.strip().copy(from, tokens);
        return copy;
    }

    KvBlock.Strip strip() {
        return new KvBlock.Strip(block, 0, tokens);
    }

    @Override
    public long bytes() {
        return block.bytes();
    }

    @Override
    public void close() {
        block.close();
    }
}
