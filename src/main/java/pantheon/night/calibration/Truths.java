package pantheon.night.calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.disk.RegularFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the right choices are, by tasks' ids or inputs: a file of JSON lines, {@code {"id": …, "value": …}} or
 * {@code {"input": {…}, "value": …}}.
 */
public record Truths(Map<String, JsonNode> byId, Map<JsonNode, JsonNode> byInput) {
    private static final int MOST_BYTES = 1 << 28;
    private static final Schema LINE = Schema.compile("a line of truth", Json.parse("""
            {"type": "object", "properties": {"id": {"type": "string"}, "input": {"type": "object"},
             "value": {"type": ["string", "number"]}}, "required": ["value"], "minProperties": 2,
             "additionalProperties": false}"""));

    public Truths {
        byId = KeptOrder.map(byId);
        byInput = KeptOrder.map(byInput);
    }

    /**
     * Reads a file.
     *
     * @throws NightException with exit code 65 where a line is no truth, 66 where the file cannot be read
     */
    public static Truths read(Path file) {
        try {
            return of(file, RegularFile.lines(file, MOST_BYTES));
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.USAGE,
                    "%s cannot be read: %s. Name a file of JSON lines with --truth."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    private static Truths of(Path file, List<String> lines) {
        var byId = new HashMap<String, JsonNode>();
        var byInput = new HashMap<JsonNode, JsonNode>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                var line = line(file, i + 1, lines.get(i));
                if (line.has("id")) {
                    byId.put(line.get("id").stringValue(), line.get("value"));
                } else {
                    byInput.put(line.get("input"), line.get("value"));
                }
            }
        }
        return new Truths(byId, byInput);
    }

    private static JsonNode line(Path file, int number, String text) {
        try {
            var line = Json.parse(text);
            var wrong = LINE.check(line);
            if (wrong.isEmpty()) {
                return line;
            }
            throw broken(file, number, wrong.getFirst().toString());
        } catch (JacksonException e) {
            throw broken(file, number, "it is no JSON: " + Json.why(e));
        }
    }

    private static NightException broken(Path file, int number, String why) {
        return new NightException(
                ExitCode.DATA,
                "%s:%d: %s; expected {\"id\": a task's id, \"value\": the right choice}, or input in place of id. Correct the line."
                        .formatted(file, number, why));
    }

    /** Whether a task's choice was right; empty where nothing is known of it. */
    Optional<Boolean> isRight(String task, JsonNode input, JsonNode value) {
        return Optional.ofNullable(byId.getOrDefault(task, byInput.get(input))).map(value::equals);
    }
}
