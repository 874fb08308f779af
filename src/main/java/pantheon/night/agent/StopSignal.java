package pantheon.night.agent;

import java.util.Optional;
import pantheon.night.outcome.FinishReason;

/** Tells a loop, between two steps, that the night ends: the window has closed, or the night is being stopped. */
@FunctionalInterface
public interface StopSignal {
    /** The reason to finish with, empty while the night goes on. */
    Optional<FinishReason> reason();

    static StopSignal never() {
        return Optional::empty;
    }
}
