package pantheon.night.sizing.past;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.journal.Machine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How fast a model is on a machine, as {@code model bench} measured it.
 *
 * @param model the model's digest
 * @param prefillTokensPerSecond of one sequence alone
 * @param decodeTokensPerSecond by how many sequences were beside one another, of each of them; 1 at least
 */
public record Speed(
        String model,
        Machine machine,
        Instant measured,
        double prefillTokensPerSecond,
        NavigableMap<Integer, Double> decodeTokensPerSecond) {
    /** What the file of a measurement is valid against. */
    public static final Schema SCHEMA = Schema.resource("/schema/sizing/speed.json");

    public Speed {
        decodeTokensPerSecond = new TreeMap<>(decodeTokensPerSecond);
    }

    /** Whether it holds for a model on a machine. */
    public boolean isOf(String digest, Machine on) {
        return model.equals(digest) && machine.isLike(on);
    }

    /** How much longer a sequence takes beside others. */
    public SlowDown slowDown() {
        var factors = new TreeMap<Integer, Double>();
        double alone = decodeAlone();
        decodeTokensPerSecond.forEach((sequences, each) -> factors.put(sequences, alone / each));
        return new SlowDown(factors);
    }

    private double decodeAlone() {
        return Objects.requireNonNull(decodeTokensPerSecond.firstEntry()).getValue();
    }

    /** The time in the model of a task with so many tokens. */
    public Duration time(long prefilled, long decoded) {
        return Duration.ofNanos(Math.round(1e9 * (prefilled / prefillTokensPerSecond + decoded / decodeAlone())));
    }

    public ObjectNode json() {
        var json = Json.object();
        json.put("model", model);
        json.set("machine", machine.json());
        json.put("measured", measured.toString());
        json.put("prefill_tokens_per_second", prefillTokensPerSecond);
        var decode = json.putArray("decode");
        for (Map.Entry<Integer, Double> entry : decodeTokensPerSecond.entrySet()) {
            decode.addObject().put("sequences", entry.getKey()).put("tokens_per_second_each", entry.getValue());
        }
        return json;
    }

    /** Reads {@link #json} back. */
    public static Speed of(JsonNode json) {
        var violations = SCHEMA.check(json);
        if (!violations.isEmpty()) {
            throw new IllegalArgumentException("no measurement of a model: " + violations.getFirst());
        }
        return new Speed(
                json.required("model").stringValue(),
                Machine.of(json.required("machine")),
                Instant.parse(json.required("measured").stringValue()),
                json.required("prefill_tokens_per_second").doubleValue(),
                decode(json.required("decode")));
    }

    private static NavigableMap<Integer, Double> decode(JsonNode lines) {
        var decode = new TreeMap<Integer, Double>();
        lines.valueStream()
                .forEach(line -> decode.put(
                        line.required("sequences").intValue(),
                        line.required("tokens_per_second_each").doubleValue()));
        return decode;
    }
}
