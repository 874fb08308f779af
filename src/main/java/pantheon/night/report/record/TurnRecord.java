package pantheon.night.report.record;

import java.time.Instant;

/**
 * One generation, as long as it lasted.
 *
 * @param endMs when it was received, in milliseconds since 1970
 */
public record TurnRecord(long endMs, long prefillMs, long decodeMs, int prefilledTokens, int outputTokens) {
    static TurnRecord of(Instant received, tools.jackson.databind.node.ObjectNode data) {
        int input = data.get("gen_ai.usage.input_tokens").intValue();
        int cached = data.get("gen_ai.usage.cache_read.input_tokens").intValue();
        return new TurnRecord(
                received.toEpochMilli(),
                data.get("night.prefill_ms").longValue(),
                data.get("night.decode_ms").longValue(),
                Math.max(0, input - cached),
                data.get("gen_ai.usage.output_tokens").intValue());
    }

    public long beginMs() {
        return endMs - prefillMs - decodeMs;
    }

    public long decodeBeginMs() {
        return endMs - decodeMs;
    }
}
