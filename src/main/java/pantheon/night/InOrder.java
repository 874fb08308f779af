package pantheon.night;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work that is done side by side on all cores, its results handed on in the order in which it was asked for.
 *
 * @param <T> what is worked on
 * @param <R> what comes of it
 */
public final class InOrder<T, R> implements AutoCloseable {
    private static final int BATCH = 256;
    /** What waits is no heavier than this and its last item, whatever a caller weighs it by: bytes, characters. */
    private static final int BATCH_WEIGHT = 1 << 20;

    private final Function<T, R> work;
    private final Consumer<R> taker;
    private final List<T> batch = new ArrayList<>();
    private long weight;

    /** @param work has no effect of its own, so that its order does not matter */
    public InOrder(Function<T, R> work, Consumer<R> taker) {
        this.work = work;
        this.taker = taker;
    }

    public void add(T item) {
        add(item, 0);
    }

    /** The same for an item that may be large. */
    public void add(T item, int itemWeight) {
        batch.add(item);
        weight += itemWeight;
        if (batch.size() == BATCH || weight >= BATCH_WEIGHT) {
            close();
        }
    }

    /** Hands on what is still waiting. */
    @Override
    public void close() {
        batch.parallelStream().map(work).toList().forEach(taker);
        batch.clear();
        weight = 0;
    }
}
