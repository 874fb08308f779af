package pantheon.night.engine.decode;

import java.time.Duration;
import pantheon.night.outcome.StopReason;

/**
 * How a turn ended; its tokens are the sampler's.
 *
 * @param cached how many of the prompt's tokens were not computed for it
 * @param prefill from the asking to the prompt's last token
 * @param decode from there to the end
 */
public record Answer(StopReason reason, int cached, Duration prefill, Duration decode) {}
