package pantheon.night.cli.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.disk.WholeFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * How long each step of a start took, in their order, kept in a file for the next one. No night depends on it: one that
 * cannot be read tells nothing, and one that cannot be written stays as it was.
 */
record StartTimes(Map<String, Duration> steps) {
    private static final int MOST_BYTES = 1 << 16;

    /** @param file a JSON object, step → milliseconds; need not be there */
    static StartTimes read(Path file) {
        var steps = new LinkedHashMap<String, Duration>();
        try {
            for (var step : Json.parse(RegularFile.text(file, MOST_BYTES)).properties()) {
                JsonNode ms = step.getValue();
                steps.put(step.getKey(), Duration.ofMillis(ms.isIntegralNumber() ? Math.max(0, ms.longValue(0)) : 0));
            }
            return new StartTimes(steps);
        } catch (IOException | JacksonException e) {
            return new StartTimes(Map.of());
        }
    }

    void write(Path file) {
        var json = Json.object();
        steps.forEach((step, took) -> json.put(step, took.toMillis()));
        try {
            WholeFile.replace(file, Json.write(json) + "\n");
        } catch (IOException e) {
            return; // the next start only says less
        }
    }
}
