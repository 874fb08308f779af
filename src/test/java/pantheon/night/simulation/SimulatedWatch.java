package pantheon.night.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import pantheon.night.batch.work.Watch;

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
    public Watched begin(String work, Duration workLimit) {
        limit = workLimit;
        begun++;
        return () -> limit = null;
    }

    /** How much work was begun: no two tasks have the same number. */
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
