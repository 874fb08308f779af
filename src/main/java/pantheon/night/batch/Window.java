package pantheon.night.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.agent.FinishReason;
import pantheon.night.agent.StopSignal;

/**
 * The time in which the night may work: until an instant, until it is stopped, or without end.
 *
 * <p>A running task ends at its next step once the window has closed.
 */
public final class Window implements StopSignal {
    private final InstantSource clock;
    private final @Nullable Instant end;
    private final AtomicBoolean stopped = new AtomicBoolean();

    /** @param end null for no end */
    public Window(InstantSource clock, @Nullable Instant end) {
        this.clock = clock;
        this.end = end;
    }

    /**
     * The instant that a text names: a time of day such as {@code 06:00}, the next one in the zone, or a duration
     * such as {@code 6h} or {@code 90m} from now.
     *
     * @throws NightException with exit code 64 where it is neither
     */
    public static Instant end(String until, Instant now, ZoneId zone) {
        try {
            if (until.contains(":")) {
                var time = LocalTime.parse(until);
                var today = now.atZone(zone).with(time).toInstant();
                return today.isAfter(now)
                        ? today
                        : now.atZone(zone).plusDays(1).with(time).toInstant();
            }
            var duration = Duration.parse("PT" + until);
            if (duration.isPositive()) {
                return now.plus(duration);
            }
        } catch (DateTimeParseException e) {
            // told below, with what was expected
        }
        throw new NightException(
                ExitCode.USAGE,
                "--until is \"%s\"; expected a time of day such as 06:00 or a duration such as 6h or 90m."
                        .formatted(until));
    }

    /** Asks the night to stop at the next step; safe from any thread. */
    public void stop() {
        stopped.set(true);
    }

    @Override
    public Optional<FinishReason> reason() {
        if (stopped.get()) {
            return Optional.of(FinishReason.STOPPED);
        }
        boolean closed = end != null && !clock.instant().isBefore(end);
        return closed ? Optional.of(FinishReason.WINDOW_CLOSED) : Optional.empty();
    }

    /** When it closes, null for never. */
    public @Nullable Instant end() {
        return end;
    }
}
