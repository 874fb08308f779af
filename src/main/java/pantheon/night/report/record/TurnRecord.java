package pantheon.night.report.record;

import java.time.Instant;
import pantheon.night.journal.NightEvent.GenerationReceived;

/**
 * One generation, as long as it lasted.
 *
 * @param endMs when it was received, in milliseconds since 1970
 */
public record TurnRecord(long endMs, long prefillMs, long decodeMs, long prefilledTokens, long outputTokens) {
    static TurnRecord of(Instant received, GenerationReceived turn) {
        return new TurnRecord(
                received.toEpochMilli(),
                turn.prefillMillis(),
                turn.decodeMillis(),
                Math.max(0, turn.tokens().prefilled()),
                turn.tokens().output());
    }

    public long beginMs() {
        return endMs - prefillMs - decodeMs;
    }

    public long decodeBeginMs() {
        return endMs - decodeMs;
    }
}
