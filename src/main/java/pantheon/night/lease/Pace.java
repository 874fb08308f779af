package pantheon.night.lease;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import pantheon.night.disk.Disk;

/** How a process lives with a lease: it waits, renews beside its work, and writes. An edge where effects are, handed in. */
public interface Pace {
    /** What is done with the files of a lease. */
    enum Step {
        LOOK,
        CLAIM,
        RENEW
    }

    /** A step is about to be taken; what is thrown happens in its place. */
    void before(Step step) throws IOException;

    /** Waits. */
    void pause(Duration time) throws InterruptedException;

    /**
     * Does something again and again beside everything else.
     *
     * @return ends it
     */
    Runnable every(Duration time, Runnable work);

    /** What is written on. */
    Disk disk();

    /** That of a process of this machine. */
    static Pace ofThisMachine() {
        return new Pace() {
            @Override
            public void before(Step step) {}

            @Override
            public void pause(Duration time) throws InterruptedException {
                Thread.sleep(time);
            }

            @Override
            public Runnable every(Duration time, Runnable work) {
                var ended = new CountDownLatch(1);
                Thread.ofPlatform().daemon().name("lease").start(() -> repeat(time, work, ended));
                return ended::countDown;
            }

            @Override
            public Disk disk() {
                return Disk.local();
            }
        };
    }

    private static void repeat(Duration time, Runnable work, CountDownLatch ended) {
        try {
            while (!ended.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                work.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
