package pantheon.night.local;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time in which this process ran. While it is stopped, by a signal or by the freezer of its control group, the
 * system's clocks go on; a thread that ticks tells such a time by its own silence.
 */
final class RunningTime {
    private static final Duration TICK = Duration.ofMillis(100);

    /** A longer silence is none of a busy machine's. */
    private static final long STOPPED_NANOS = Duration.ofSeconds(3).toNanos();

    private static final RunningTime OF_THIS_PROCESS = new RunningTime(System::nanoTime).ticking();

    private final LongSupplier nanos;
    private long last;
    private long ran;

    /** @param nanos a clock that only goes forward */
    RunningTime(LongSupplier nanos) {
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    static RunningTime ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /** How long it ran since some moment; to be asked at least every three seconds. */
    synchronized Duration now() {
        long now = nanos.getAsLong();
        long silence = now - last;
        ran += silence < STOPPED_NANOS ? silence : TICK.toNanos();
        last = now;
        return Duration.ofNanos(ran);
    }

    private RunningTime ticking() {
        Thread.ofPlatform().daemon().name("running-time").start(() -> {
            while (true) {
                now();
                try {
                    Thread.sleep(TICK);
                } catch (InterruptedException e) {
                    return; // nobody does
                }
            }
        });
        return this;
    }
}
