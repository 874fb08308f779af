package pantheon.night.batch.work;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads, as many as there is work at once. */
public final class Workers implements Hands {
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("worker-", 1).factory());
    private final BlockingQueue<Runnable> ended = new LinkedBlockingQueue<>();

    @Override
    public void begin(Watch.Watched watched, Supplier<Runnable> work) {
        var night = Thread.currentThread();
        threads.execute(() -> {
            watched.by(Thread.currentThread());
            var next = next(work);
            watched.by(night);
            ended.add(next);
        });
    }

    private static Runnable next(Supplier<Runnable> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            return () -> {
                throw e;
            };
        }
    }

    /** Nobody interrupts the night's thread; where somebody does, the night goes on all the same. */
    @Override
    public Runnable await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ended.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An interrupted thread may go on for as long as its work's own limits let it. */
    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        while (!threads.isTerminated()) {
            try {
                threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
