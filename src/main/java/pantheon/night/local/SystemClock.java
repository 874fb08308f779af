package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.time.Instant;
import pantheon.night.NightClock;

/** The machine's clocks: the one that shows the time, and the two that only run, with and without what the process slept. */
public final class SystemClock implements NightClock {
    /** The clock that also runs while the machine sleeps; {@code include/uapi/linux/time.h}. */
    private static final long CLOCK_BOOTTIME = 7;

    private final Kernel kernel = new Kernel(Architecture.current());

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public Duration passed() {
        try (var arena = Arena.ofConfined()) {
            var time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            var outcome = kernel.call(SystemCall.CLOCK_GETTIME, CLOCK_BOOTTIME, time.address());
            if (!outcome.succeeded()) {
                throw new IllegalStateException("clock_gettime failed with errno " + outcome.errno());
            }
            return Duration.ofSeconds(
                    time.getAtIndex(ValueLayout.JAVA_LONG, 0), time.getAtIndex(ValueLayout.JAVA_LONG, 1));
        }
    }

    @Override
    public Duration awake() {
        return RunningTime.ofThisProcess().now();
    }
}
