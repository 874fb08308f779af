package pantheon.night.trainer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches made ahead on a thread of their own. Examples of like length go together, so that little is padding, and every
 * batch has about the same number of tokens. The order depends on the seed alone.
 */
final class BatchQueue implements AutoCloseable {
    private static final int AHEAD = 8;

    /** Batches cut from one sorted pool. */
    private static final int POOL_BATCHES = 12;

    private final Supplier<Example> examples;
    private final int batchTokens;
    private final Random random;
    private final BlockingQueue<Batch> ready = new ArrayBlockingQueue<>(AHEAD);
    private final Thread producer;
    private volatile @Nullable Throwable failure;

    /**
     * @param batchTokens tokens per batch, padding included; a longer example is a batch by itself
     */
    BatchQueue(Supplier<Example> examples, int batchTokens, long seed) {
        this.examples = examples;
        this.batchTokens = batchTokens;
        random = new Random(seed);
        producer = Thread.ofPlatform().daemon().name("batches").start(this::produce);
    }

    /** The next batch; waits for it. */
    Batch take() throws InterruptedException {
        while (true) {
            Batch batch = ready.poll(1, TimeUnit.SECONDS);
            if (batch != null) {
                return batch;
            }
            if (failure != null) {
                throw new IllegalStateException("no more examples could be made", failure);
            }
        }
    }

    private void produce() {
        try {
            while (true) {
                List<Batch> batches = cut(pool(), batchTokens);
                Collections.shuffle(batches, random);
                for (Batch batch : batches) {
                    ready.put(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failure = e;
        }
    }

    private List<Example> pool() {
        List<Example> pool = new ArrayList<>();
        int tokens = 0;
        while (tokens < POOL_BATCHES * batchTokens) {
            Example example = examples.get();
            pool.add(example);
            tokens += example.length();
        }
        return pool;
    }

    /** Cuts examples, sorted by length, into batches of at most this many tokens. */
    static List<Batch> cut(List<Example> examples, int batchTokens) {
        List<Example> sorted = new ArrayList<>(examples);
        sorted.sort(Comparator.comparingInt(Example::length));
        List<Batch> batches = new ArrayList<>();
        List<Example> current = new ArrayList<>();
        for (Example example : sorted) {
            if (!current.isEmpty() && (current.size() + 1) * example.length() > batchTokens) {
                batches.add(Batch.of(current));
                current = new ArrayList<>();
            }
            current.add(example);
        }
        batches.add(Batch.of(current));
        return batches;
    }

    @Override
    public void close() {
        producer.interrupt();
    }
}
