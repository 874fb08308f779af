package pantheon.night.journal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

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
        switch (entry.event().type()) {
            case NIGHT_STARTED -> start = entry.time();
            case NIGHT_RESUMED -> {
                before = elapsed();
                start = entry.time();
            }
            case NIGHT_FINISHED -> {
                before = Duration.ofMillis(
                        entry.event().data().get("night.elapsed_ms").longValue());
                start = null;
            }
            case EGRESS_PROVEN,
                    FORECAST_MADE,
                    TASK_STARTED,
                    GENERATION_RECEIVED,
                    CALL_REJECTED,
                    TOOL_CALLED,
                    TOOL_RETURNED,
                    CHECK_FINISHED,
                    COMMIT_INTENDED,
                    COMMIT_MADE,
                    TASK_FINISHED,
                    STATEMENT_SIGNED,
                    NIGHT_PRUNED -> {}
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
