package pantheon.night.outcome;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How a night ended. */
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
    ABANDONED,
    /** It has no last line, so no journal says this: it is at work, or was interrupted. */
    UNFINISHED;

    /** Those that a journal's last line can say. */
    public static final Set<NightOutcome> WRITTEN = Collections.unmodifiableSet(EnumSet.range(DONE, ABANDONED));

    /** The outcome as journals and reports write it, for example {@code window_closed}. */
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
        return this != FAILED && this != UNFINISHED;
    }

    /** Whether the night went as planned: through its queue, or to the end of its window. */
    public boolean isSuccess() {
        return this == DONE || this == WINDOW_CLOSED;
    }
}
