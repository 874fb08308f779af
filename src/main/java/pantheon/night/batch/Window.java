package pantheon.night.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.agent.StopSignal;
import pantheon.night.batch.direction.Direction;
import pantheon.night.contract.Durations;
import pantheon.night.outcome.FinishReason;

/**
 * The time in which the night may work: until its end, until it is stopped, or without end.
 *
 * <p>Once it has closed no task begins. The one that runs gets a grace period, and then ends at its next step. How long
 * the window is is settled when it opens; from then on it is measured by the time that passes, so a clock that is set,
 * or a change to summer time, neither shortens nor lengthens the night. Who directs the night may pause it, or have it end at
 * another time.
 */
public final class Window implements StopSignal {
    private final NightClock clock;
    private final @Nullable Duration closing;
    private final AtomicReference<Directed> directed;
    private final Duration grace;
    private final AtomicReference<@Nullable Duration> stopped = new AtomicReference<>();

    /**
     * A window that opens now.
     *
     * @param end null for no end
     * @param grace how long a task may go on after it has closed
     */
    public Window(NightClock clock, @Nullable Instant end, Duration grace) {
        this.clock = clock;
        this.closing = end == null ? null : clock.passed().plus(Duration.between(clock.instant(), end));
        this.grace = grace;
        this.directed = new AtomicReference<>(new Directed(Direction.NONE, closing, true));
    }

    /**
     * What is in force.
     *
     * @param closing when it closes, as {@link NightClock#passed()} will be then; null for never
     * @param isKnown whether the night was told
     */
    private record Directed(Direction direction, @Nullable Duration closing, boolean isKnown) {}

    /** Directs it from now on; safe from any thread. */
    public void direct(Direction direction) {
        var until = direction.until();
        var other = until == null ? closing : clock.passed().plus(Duration.between(clock.instant(), until));
        directed.updateAndGet(
                before -> before.direction().equals(direction) ? before : new Directed(direction, other, false));
        synchronized (directed) {
            directed.notifyAll();
        }
    }

    /** What it was directed to since this was asked last. */
    public Optional<Direction> news() {
        var now = directed.get();
        boolean isNew = !now.isKnown()
                && directed.compareAndSet(
                        now, new Directed(now.direction(), now.closing(), true)); // else it is newer yet
        return isNew ? Optional.of(now.direction()) : Optional.empty();
    }

    /** Whether no task begins for now, though the window is open. */
    public boolean isPaused() {
        return directed.get().direction().paused() && closed().isEmpty();
    }

    /** Waits until it is no longer paused, or a while has passed. */
    public void awaitWhilePaused(Duration most) {
        synchronized (directed) {
            try {
                if (isPaused()) {
                    directed.wait(most.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The instant that a text names: a duration such as {@code 6h} or {@code 90m} from now, or a time of day such as
     * {@code 06:00}: the next moment at which clocks in the zone show it. On the day on which they skip it, that is
     * when they skip it.
     *
     * @param option that names it, for messages
     * @throws NightException with exit code 64 where it is neither
     */
    public static Instant end(String option, String text, Instant now, ZoneId zone) {
        try {
            if (text.contains(":")) {
                return next(LocalTime.parse(text), now, zone);
            }
            var duration = Durations.of(text);
            if (duration.isPositive()) {
                return now.plus(duration);
            }
        } catch (DateTimeParseException e) {
            // told below, with what was expected
        }
        throw new NightException(
                ExitCode.USAGE,
                "%s is \"%s\"; expected a time of day such as 06:00 or a duration such as 6h or 90m."
                        .formatted(option, text));
    }

    /**
     * Whether it is night: between the time of day at which nights begin and their end, also across midnight. A machine
     * that slept over the hour fires its timer when it wakes up, which may be by day.
     *
     * @param from a time of day
     * @param until as {@link #end} takes it; null for no end, and then it is always night
     */
    public static boolean isNight(String from, @Nullable String until, ZonedDateTime now) {
        if (until == null) {
            return true;
        }
        var begin = LocalTime.parse(from);
        var today = now.toLocalDate();
        return Stream.of(today.minusDays(1), today)
                .map(day -> day.atTime(begin).atZone(now.getZone()))
                .anyMatch(night -> !now.isBefore(night)
                        && now.toInstant().isBefore(end("window.until", until, night.toInstant(), now.getZone())));
    }

    private static Instant next(LocalTime time, Instant now, ZoneId zone) {
        var today = now.atZone(zone).toLocalDate();
        return Stream.of(today, today.plusDays(1))
                .flatMap(day -> moments(day.atTime(time), zone))
                .filter(moment -> moment.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** When clocks show a local time: once, twice where they are set back, and where they skip it, when they do. */
    private static Stream<Instant> moments(LocalDateTime time, ZoneId zone) {
        var offsets = zone.getRules().getValidOffsets(time);
        return offsets.isEmpty()
                ? Stream.of(zone.getRules().getTransition(time).getInstant())
                : offsets.stream().map(time::toInstant);
    }

    /** Closes it now; safe from any thread, and once is enough. */
    public void stop() {
        stopped.compareAndSet(null, clock.passed());
    }

    /** Why no task begins any more, empty while the window is open. */
    public Optional<FinishReason> closed() {
        return over(Duration.ZERO);
    }

    /** Whether a task that takes so long and begins now would end before the window does. */
    public boolean admits(Duration expected) {
        return closed().isEmpty()
                && left().map(left -> expected.compareTo(left) <= 0).orElse(true);
    }

    /** How long it is until its end, negative behind it; empty where it has none. */
    public Optional<Duration> left() {
        return Optional.ofNullable(directed.get().closing()).map(end -> end.minus(clock.passed()));
    }

    /** Why a task that runs has to end at its next step. */
    @Override
    public Optional<FinishReason> reason() {
        return over(grace);
    }

    private Optional<FinishReason> over(Duration more) {
        var stop = stopped.get();
        var now = clock.passed();
        if (stop != null && now.compareTo(stop.plus(more)) >= 0) {
            return Optional.of(FinishReason.STOPPED);
        }
        var end = directed.get().closing();
        return end != null && now.compareTo(end.plus(more)) >= 0
                ? Optional.of(FinishReason.WINDOW_CLOSED)
                : Optional.empty();
    }
}
