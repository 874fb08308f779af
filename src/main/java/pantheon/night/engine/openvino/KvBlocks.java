package pantheon.night.engine.openvino;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import pantheon.night.engine.decode.NativeMemory;
import pantheon.night.engine.openvino.library.InferRequest;

/**
 * The keys and values of all sequences, in blocks of so many tokens, which several sequences may have in common. A block
 * that only one has may be written to. It is free once none has it.
 */
final class KvBlocks implements AutoCloseable {
    private static final int LEAST = 16;

    private final List<CacheInput> inputs;
    private final List<NativeMemory> parts = new ArrayList<>();
    private final int most;
    private final Deque<Integer> free = new ArrayDeque<>();
    private InferRequest request;
    /** How many have each block. */
    private int[] owners;

    /**
     * Makes room for a few blocks.
     *
     * @param request what reads and writes them
     * @param most the most blocks that there may be, 1 or more
     */
    KvBlocks(InferRequest request, List<CacheInput> inputs, int most) {
        this.request = request;
        this.inputs = inputs;
        this.most = most;
        owners = new int[0];
        inputs.forEach(input -> parts.add(new NativeMemory(0)));
        grow(Math.min(LEAST, most));
    }

    /** How many tokens a block has. */
    int blockTokens() {
        return inputs.getFirst().tokens();
    }

    /** The bytes of one block of all layers. */
    long blockBytes() {
        return inputs.stream().mapToLong(CacheInput::blockBytes).sum();
    }

    /** How many blocks nobody has, of those that there is room for. */
    int unused() {
        return free.size();
    }

    /** How many blocks there is room for. */
    int capacity() {
        return owners.length;
    }

    /** A block that nobody has yet. */
    int take() {
        if (free.isEmpty()) {
            if (owners.length == most) {
                throw new IllegalStateException("all of %d blocks of keys and values are in use".formatted(most));
            }
            grow(Math.min(most, 2 * owners.length));
        }
        int block = free.removeFirst();
        owners[block] = 1;
        return block;
    }

    /** Lets one more have a block. */
    void share(int block) {
        owners[block]++;
    }

    void leave(int block) {
        if (--owners[block] == 0) {
            free.addFirst(block);
        }
    }

    /** A block to write to in the place of one: itself, or a copy where others have it too. */
    int own(int block) {
        if (owners[block] == 1) {
            return block;
        }
        int copy = take();
        for (int i = 0; i < inputs.size(); i++) {
            long bytes = inputs.get(i).blockBytes();
            var memory = parts.get(i).segment();
            MemorySegment.copy(memory, bytes * block, memory, bytes * copy, bytes);
        }
        leave(block);
        return copy;
    }

    /** Goes on with another request, which finds the blocks as they are. */
    void serve(InferRequest other) {
        request = other;
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).set(request, parts.get(i).segment(), owners.length);
        }
    }

    /** Makes room, one layer after the other, so that little is there twice. */
    private void grow(int wider) {
        for (int i = 0; i < inputs.size(); i++) {
            var input = inputs.get(i);
            var wide = new NativeMemory(input.blockBytes() * wider);
            wide.segment().copyFrom(parts.get(i).segment());
            input.set(request, wide.segment(), wider);
            parts.set(i, wide).close();
        }
        for (int block = owners.length; block < wider; block++) {
            free.addLast(block);
        }
        owners = Arrays.copyOf(owners, wider);
    }

    @Override
    public void close() {
        parts.forEach(NativeMemory::close);
    }
}
