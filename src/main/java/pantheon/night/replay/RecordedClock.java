package pantheon.night.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import pantheon.night.NightClock;

/** Stands still, except where the record ends at the task's time limit: there the limit has passed. */
record RecordedClock(Instant instant, Duration limit, BooleanSupplier isOver) implements NightClock {
    @Override
    public Duration passed() {
        return isOver.getAsBoolean() ? limit : Duration.ZERO;
    }
}
