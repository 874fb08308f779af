package pantheon.night.training;

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
final class InOrder<T, R> implements AutoCloseable {
    private static final int BATCH = 256;

    private final Function<T, R> work;
    private final Consumer<R> taker;
    private final List<T> batch = new ArrayList<>();

    /** @param work has no effect of its own, so that its order does not matter */
    InOrder(Function<T, R> work, Consumer<R> taker) {
        this.work = work;
        this.taker = taker;
    }

    void add(T item) {
        batch.add(item);
        if (batch.size() == BATCH) {
            close();
        }
    }

    /** Hands on what is still waiting. */
    @Override
    public void close() {
        batch.parallelStream().map(work).toList().forEach(taker);
        batch.clear();
    }
}
