package pantheon.night.engine.openvino;

import java.util.Arrays;
import pantheon.night.engine.decode.Sequence;

/** A sequence by the numbers of its blocks; what it begins with may be blocks that others have too. */
final class BlockSequence implements Sequence {
    private final KvBlocks pool;
    private int[] blocks = {};
    private int tokens;

    BlockSequence(KvBlocks pool) {
        this.pool = pool;
    }

    /**
     * Blocks that a sequence began with.
     *
     * @param blocks each counted for this
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record KeptBlocks(KvBlocks pool, int[] blocks) implements Kept {
        @Override
        public long bytes() {
            return blocks.length * pool.blockBytes();
        }

        @Override
        public void close() {
            for (int block : blocks) {
                pool.leave(block);
            }
        }
    }

    @Override
    public int tokens() {
        return tokens;
    }

    /** The numbers of the blocks that its tokens are in. */
    int[] blocks() {
        return blocks;
    }

    /** Sees to it that more tokens have their place, which others do not have. */
    void reserve(int more) {
        int partly = tokens / pool.blockTokens();
        if (partly < blocks.length) {
            blocks[partly] = pool.own(blocks[partly]);
        }
        while (blocks.length < blocksOf(tokens + more)) {
            int next = pool.take();
            blocks = Arrays.copyOf(blocks, blocks.length + 1);
            blocks[blocks.length - 1] = next;
        }
    }

    void appended(int more) {
        tokens += more;
    }

    private int blocksOf(int count) {
        return Math.ceilDiv(count, pool.blockTokens());
    }

    @Override
    public void truncate(int length) {
        if (length > tokens) {
            throw new IllegalStateException("a sequence of %d tokens has no first %d".formatted(tokens, length));
        }
        for (int i = blocksOf(length); i < blocks.length; i++) {
            pool.leave(blocks[i]);
        }
        blocks = Arrays.copyOf(blocks, blocksOf(length));
        tokens = length;
    }

    @Override
    public Kept keep(int length) {
        return new KeptBlocks(pool, shared(blocks, length));
    }

    @Override
    public void restore(Kept kept, int length) {
        var others = shared(((KeptBlocks) kept).blocks(), length);
        truncate(0);
        blocks = others;
        tokens = length;
    }

    private int[] shared(int[] of, int length) {
        var first = Arrays.copyOf(of, blocksOf(length));
        for (int block : first) {
            pool.share(block);
        }
        return first;
    }

    @Override
    public void close() {
        truncate(0);
    }
}
