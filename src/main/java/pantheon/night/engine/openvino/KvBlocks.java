package pantheon.night.engine.openvino;

import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import pantheon.night.engine.openvino.library.InferRequest;
import pantheon.night.engine.openvino.library.OpenVinoFailed;
import pantheon.night.engine.openvino.library.ReservedMemory;

/**
 * The keys and values of all sequences, in blocks of so many tokens, which several sequences may have in common. A block
 * that only one has may be written to. It is free once none has it.
 */
final class KvBlocks implements AutoCloseable {
    private final List<CacheInput> inputs;
    private final List<ReservedMemory> parts = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    /** How many have each block. */
    private final int[] owners;

    /**
     * Reserves memory for blocks, which is taken where they are first written to.
     *
     * @param request what reads and writes them
     * @param most how many there may be, 1 or more
     */
    KvBlocks(InferRequest request, List<CacheInput> inputs, int most) {
        this.inputs = inputs;
        owners = new int[most];
        try {
            inputs.forEach(input -> parts.add(new ReservedMemory(input.blockBytes() * most)));
        } catch (OpenVinoFailed e) {
            close();
            throw e;
        }
        for (int block = 0; block < most; block++) {
            free.addLast(block);
        }
        serve(request);
    }

    /** How many tokens a block has. */
    int blockTokens() {
        return inputs.getFirst().tokens();
    }

    /** The bytes of one block of all layers. */
    long blockBytes() {
        return inputs.stream().mapToLong(CacheInput::blockBytes).sum();
    }

    /** How many blocks nobody has. */
    int unused() {
        return free.size();
    }

    /** How many blocks there are. */
    int capacity() {
        return owners.length;
    }

    /** A block that nobody has yet. */
    int take() {
        if (free.isEmpty()) {
            throw new IllegalStateException("all of %d blocks of keys and values are in use".formatted(owners.length));
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
    void serve(InferRequest request) {
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).set(request, parts.get(i).segment(), owners.length);
        }
    }

    @Override
    public void close() {
        parts.forEach(ReservedMemory::close);
    }
}
