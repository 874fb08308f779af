package pantheon.night.engine.decode;

import pantheon.night.engine.sampling.Sampler;
import pantheon.night.outcome.StopReason;

/**
 * A turn that is asked of a {@link DecodeLoop}.
 *
 * @param tokens the whole prompt, 1 token or more
 * @param prefix how many of the first of them other conversations are likely to share
 * @param sampler picks what comes behind them
 * @param room the most tokens to pick
 * @param outOfRoom why a turn ends that needs more
 * @param start when it was asked, on the loop's clock, in nanoseconds
 * @param deadline when it is to be over, on the same clock
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(
        int[] tokens, int prefix, Sampler sampler, int room, StopReason outOfRoom, long start, long deadline) {
    public Request {
        if (tokens.length == 0 || prefix > tokens.length) {
            throw new IllegalArgumentException("%d tokens with a prefix of %d".formatted(tokens.length, prefix));
        }
    }
}
