package pantheon.night.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.batch.Watch;

/** The watchdog of a simulated machine: it ends the process where a task hangs, and there must be one for every task. */
final class SimulatedWatch implements Watch {
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private final Faults faults;
    private final SimulatedClock clock;
    private @Nullable Duration limit;
    private int begun;

    SimulatedWatch(Faults faults, SimulatedClock clock) {
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public Watched begin(String task, Duration taskLimit) {
        limit = taskLimit;
        begun++;
        return () -> limit = null;
    }

    /** How many tasks were begun. */
    int begun() {
        return begun;
    }

    /** Something of a task never comes back. */
    void hang() {
        if (limit == null) {
            throw new AssertionError("a task hangs, and nobody watches it");
        }
        clock.pass(limit.plus(OVERDUE));
        faults.end("the watchdog ends the process, exit 70");
    }
}
