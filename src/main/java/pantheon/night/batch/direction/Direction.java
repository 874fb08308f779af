package pantheon.night.batch.direction;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a night is to do from now on.
 *
 * @param paused whether no task begins; those under way end as they would
 * @param until when it ends, in whole seconds; null for as it was begun
 */
public record Direction(boolean paused, @Nullable Instant until) {
    /** As a night begins. */
    public static final Direction NONE = new Direction(false, null);

    public Direction {
        until = until == null ? null : until.truncatedTo(ChronoUnit.SECONDS);
    }

    /** The same, paused or not. */
    public Direction withPaused(boolean pause) {
        return new Direction(pause, until);
    }

    /** The same with another end. */
    public Direction withEnd(Instant end) {
        return new Direction(paused, end);
    }
}
