package pantheon.night.batch.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;

/**
 * A thread of its own that notices work which does not end, whatever hangs: the model in native code, a check, the
 * disk. It can do no more than tell, and what is told then ends the process: nothing of the night's thread may be touched
 * while it may go on at any moment, the journal least of all.
 */
public final class Watchdog implements Watch, AutoCloseable {
    /** Work that is long overdue, with where its thread stands. */
    public record Overdue(String work, Duration limit, List<StackTraceElement> where) {}

    private final NightClock clock;
    private final Duration grace;
    private final Consumer<Overdue> onOverdue;
    private final Thread thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);
    private final List<Watching> underWay = new ArrayList<>();
    private boolean closed;

    /**
     * @param grace how long work may go on after its limit
     * @param onOverdue is told once, on the watchdog's thread
     */
    public Watchdog(NightClock clock, Duration grace, Consumer<Overdue> onOverdue) {
        this.clock = clock;
        this.grace = grace;
        this.onOverdue = onOverdue;
        thread.start();
    }

    private final class Watching implements Watched {
        private final String work;
        private final Duration limit;
        private final Duration deadline;
        private volatile Thread thread = Thread.currentThread();

        Watching(String work, Duration limit) {
            this.work = work;
            this.limit = limit;
            this.deadline = clock.awake().plus(limit).plus(grace);
        }

        @Override
        public void by(Thread other) {
            thread = other;
        }

        @Override
        public void close() {
            end(this);
        }
    }

    @Override
    public Watched begin(String work, Duration limit) {
        var watching = new Watching(work, limit);
        begin(watching);
        return watching;
    }

    private synchronized void begin(Watching watching) {
        underWay.add(watching);
        notifyAll();
    }

    private synchronized void end(Watching watching) {
        underWay.remove(watching);
        notifyAll();
    }

    private void watch() {
        try {
            var overdue = awaitOverdue();
            if (overdue != null) {
                onOverdue.accept(new Overdue(overdue.work, overdue.limit, List.of(overdue.thread.getStackTrace())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; it ends
        }
    }

    /** The first work that is overdue, null once this is closed. */
    private synchronized @Nullable Watching awaitOverdue() throws InterruptedException {
        while (!closed) {
            var first = underWay.stream().min(Comparator.comparing(watching -> watching.deadline));
            if (first.isEmpty()) {
                wait();
                continue;
            }
            long left = first.get().deadline.minus(clock.awake()).toMillis();
            if (left < 0) {
                return first.get();
            }
            wait(left + 1);
        }
        return null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
