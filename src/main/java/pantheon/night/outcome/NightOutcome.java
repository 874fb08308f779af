package pantheon.night.outcome;

import java.util.Locale;

/** How a night ended, as the last line of its journal says. */
public enum NightOutcome {
    /** Its queue was done. */
    DONE,
    /** Its window closed before its queue was done. */
    WINDOW_CLOSED,
    /** A person or the system stopped it. */
    STOPPED,
    /** It could not go on; the next start goes on with it. */
    FAILED,
    /** It was interrupted, and a person began a new night in its place. */
    ABANDONED;

    /** What is said of a night that has no last line. */
    public static final String UNFINISHED = "unfinished";

    /** The outcome as the journal writes it, for example {@code window_closed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The outcome of a night that was cut off for this reason. */
    public static NightOutcome of(FinishReason cutOff) {
        if (!cutOff.isNightsEnd()) {
            throw new IllegalArgumentException("no night is cut off by " + cutOff);
        }
        return cutOff == FinishReason.STOPPED ? STOPPED : WINDOW_CLOSED;
    }

    /** Whether nothing more of the night is to come; one that failed is gone on with. */
    public boolean isEnd() {
        return this != FAILED;
    }

    /** Whether the night went as planned: through its queue, or to the end of its window. */
    public boolean isSuccess() {
        return this == DONE || this == WINDOW_CLOSED;
    }
}
