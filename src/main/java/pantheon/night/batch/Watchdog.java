package pantheon.night.batch;

import java.time.Duration;
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

    private record Watching(String work, Duration limit, Duration deadline, Thread thread) {}

    private final NightClock clock;
    private final Duration grace;
    private final Consumer<Overdue> onOverdue;
    private final Thread thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);
    private @Nullable Watching watching;
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

    @Override
    public synchronized Watched begin(String work, Duration limit) {
        watching = new Watching(work, limit, clock.awake().plus(limit).plus(grace), Thread.currentThread());
        notifyAll();
        return this::end;
    }

    private synchronized void end() {
        watching = null;
        notifyAll();
    }

    private void watch() {
        try {
            var overdue = awaitOverdue();
            if (overdue != null) {
                onOverdue.accept(new Overdue(
                        overdue.work(),
                        overdue.limit(),
                        List.of(overdue.thread().getStackTrace())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; it ends
        }
    }

    /** The first work that is overdue, null once this is closed. */
    private synchronized @Nullable Watching awaitOverdue() throws InterruptedException {
        while (!closed) {
            var now = watching;
            if (now == null) {
                wait();
                continue;
            }
            long left = now.deadline().minus(clock.awake()).toMillis();
            if (left < 0) {
                return now;
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
