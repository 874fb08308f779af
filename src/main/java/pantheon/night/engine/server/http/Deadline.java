package pantheon.night.engine.server.http;

import java.time.Duration;
import pantheon.night.NightClock;
import pantheon.night.local.SystemClock;

/** A moment in the time that this process runs: while it is stopped, no limit comes nearer. */
public final class Deadline {
    private static final NightClock CLOCK = new SystemClock();

    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    public static Deadline in(Duration time) {
        return new Deadline(CLOCK.awake().toNanos() + time.toNanos());
    }

    /** The earlier of two. */
    Deadline or(Deadline other) {
        return at - other.at <= 0 ? this : other;
    }

    /** How long it is until then, 0 or less where it has passed. */
    long nanosLeft() {
        return at - CLOCK.awake().toNanos();
    }

    /** The same as a time, none where it has passed. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, nanosLeft()));
    }

    public boolean hasPassed() {
        return nanosLeft() <= 0;
    }
}
