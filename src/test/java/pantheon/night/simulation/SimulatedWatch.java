package pantheon.night.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.batch.work.Watch;

/** The watchdog of a simulated machine: it ends the process where a task hangs, and there must be one for every task. */
final class SimulatedWatch implements Watch {
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private final Faults faults;
    private final SimulatedClock clock;
    private @Nullable Work current;

    SimulatedWatch(Faults faults, SimulatedClock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    /** Work that was begun, and whether it goes on. */
    static final class Work implements Watched {
        private final Duration limit;
        private boolean ended;

        private Work(Duration limit) {
            this.limit = limit;
        }

        boolean hasEnded() {
            return ended;
        }

        @Override
        public void close() {
            ended = true;
        }
    }

    @Override
    public Watched begin(String work, Duration limit) {
        current = new Work(limit);
        return current;
    }

    /** The thread goes on with this. */
    void isAt(Watched watched) {
        current = (Work) watched;
    }

    /** What the thread is at. */
    Work current() {
        if (current == null || current.hasEnded()) {
            throw new AssertionError("something of a task is done, and nobody watches it");
        }
        return current;
    }

    /** Something of a task never comes back. */
    void hang() {
        clock.pass(current().limit.plus(OVERDUE));
        faults.end("the watchdog ends the process, exit 70");
    }
}
