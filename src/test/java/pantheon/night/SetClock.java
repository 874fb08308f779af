package pantheon.night;

import java.time.Duration;
import java.time.Instant;

/** A clock that stands still until a test moves it. */
public final class SetClock implements NightClock {
    private Instant instant;
    private Duration passed = Duration.ZERO;
    private Duration slept = Duration.ZERO;

    public SetClock(Instant instant) {
        this.instant = instant;
    }

    /** Time passes. */
    public void pass(Duration time) {
        instant = instant.plus(time);
        passed = passed.plus(time);
    }

    /** The machine sleeps. */
    public void sleep(Duration time) {
        pass(time);
        slept = slept.plus(time);
    }

    /** Somebody sets the clock. */
    public void set(Instant to) {
        instant = to;
    }

    @Override
    public Instant instant() {
        return instant;
    }

    @Override
    public Duration passed() {
        return passed;
    }

    @Override
    public Duration awake() {
        return passed.minus(slept);
    }
}
