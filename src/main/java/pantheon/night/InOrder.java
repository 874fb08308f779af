package pantheon.night;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Work that is done side by side on all cores, its results handed on in the order in which it was asked for.
 *
 * <p>Whoever adds also takes: while the other cores work, this thread reads what comes next and hands on what is done,
 * and works itself where that is not enough. What waits is bounded by {@value #BATCHES} batches.
 *
 * @param <T> what is worked on
 * @param <R> what comes of it
 */
public final class InOrder<T, R> implements AutoCloseable {
    private static final int BATCHES = 8;
    private static final int BATCH = 64;
    /** A batch is no heavier than this and its last item, whatever a caller weighs it by: bytes, characters. */
    private static final int BATCH_WEIGHT = 1 << 16;

    private final Function<T, R> work;
    private final Consumer<R> taker;
    private final ArrayDeque<FutureTask<List<R>>> waiting = new ArrayDeque<>();
    private List<T> batch = new ArrayList<>(BATCH);
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
            begin();
            if (waiting.size() == BATCHES) {
                take();
            }
        }
    }

    /** Lets the other cores have the batch before this one: a last one, or the only one, is not worth waking them. */
    private void begin() {
        if (!waiting.isEmpty()) {
            ForkJoinPool.commonPool().execute(waiting.getLast());
        }
        var items = batch;
        waiting.add(new FutureTask<>(() -> items.stream().map(work).toList()));
        batch = new ArrayList<>(BATCH);
        weight = 0;
    }

    /** Hands on the first batch; until it is done, this thread works through those that nobody has begun. */
    private void take() {
        boolean handedOn = false;
        try {
            var first = waiting.remove();
            first.run(); // does nothing where it has begun
            for (var next : waiting) {
                if (first.isDone()) {
                    break;
                }
                next.run();
            }
            results(first).forEach(taker);
            handedOn = true;
        } finally {
            if (!handedOn) {
                waiting.forEach(task -> task.cancel(false));
                waiting.clear();
                batch.clear();
            }
        }
    }

    private static <R> List<R> results(FutureTask<List<R>> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error problem) {
                throw problem;
            }
            throw e.getCause() instanceof RuntimeException problem ? problem : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it waited for its own work", e);
        }
    }

    /** Hands on what is still waiting; nothing more where something went wrong before. */
    @Override
    public void close() {
        begin();
        while (!waiting.isEmpty()) {
            take();
        }
    }
}
