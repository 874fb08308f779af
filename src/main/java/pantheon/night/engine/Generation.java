package pantheon.night.engine;

import java.time.Duration;
import pantheon.night.outcome.StopReason;

/**
 * One model turn.
 *
 * @param text what was generated, without the end-of-turn token
 * @param stopReason why it ended; only {@link StopReason#END_OF_TURN} is a complete turn
 * @param prefillTime time spent on the prompt's tokens
 * @param decodeTime time spent on the generated tokens
 * @param likelihood how likely the values were that it chose
 */
public record Generation(
        String text,
        StopReason stopReason,
        Usage usage,
        Duration prefillTime,
        Duration decodeTime,
        Likelihood likelihood) {
    /** One whose engine does not tell how likely it was. */
    public Generation(String text, StopReason stopReason, Usage usage, Duration prefillTime, Duration decodeTime) {
        this(text, stopReason, usage, prefillTime, decodeTime, Likelihood.UNTOLD);
    }
}
