package pantheon.night.journal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;

/**
 * How long a night was at work, folded from its journal: the sum over its starts, without the time between them.
 *
 * <p>A start that wrote the night's end tells it, measured by a clock that nobody can set, and with that of the starts
 * before it. One that was killed counts from its first line to its last.
 */
public final class WorkingTime {
    private Duration before = Duration.ZERO;
    private @Nullable Instant start;
    private Instant last = Instant.EPOCH;

    public void take(JournalReader.Entry entry) {
        switch (entry.event()) {
            case NightStarted night -> start = entry.time();
            case NightResumed night -> {
                before = elapsed();
                start = entry.time();
            }
            case NightFinished finished -> {
                before = Duration.ofMillis(finished.millis());
                start = null;
            }
            default -> {}
        }
        last = entry.time();
    }

    /** Up to the last line. */
    public Duration elapsed() {
        return elapsed(last);
    }

    /** Up to now, where the night has not ended. */
    public Duration elapsed(Instant now) {
        return start == null || now.isBefore(start) ? before : before.plus(Duration.between(start, now));
    }
}
