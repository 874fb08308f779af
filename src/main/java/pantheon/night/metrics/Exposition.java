package pantheon.night.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.WholeFile;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Metrics in Prometheus's text format.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats, version 0.0.4</a>
 */
final class Exposition {
    private final StringBuilder out = new StringBuilder();
    private final ArrayNode families = Json.MAPPER.createArrayNode();
    private ArrayNode samples = Json.MAPPER.createArrayNode();

    /** Begins a family whose samples can go up and down. */
    Exposition gauge(String name, String help) {
        out.append("# HELP %s %s\n# TYPE %s gauge\n".formatted(name, help, name));
        samples = families.addObject()
                .put("name", name)
                .put("help", help)
                .put("type", "gauge")
                .putArray("samples");
        return this;
    }

    /** @param labels by name, in the order in which they are written */
    void sample(String name, Map<String, String> labels, double value) {
        out.append(name);
        if (!labels.isEmpty()) {
            var separator = "{";
            for (var label : labels.entrySet()) {
                out.append(separator).append(label.getKey()).append("=\"").append(escaped(label.getValue()));
                separator = "\",";
            }
            out.append("\"}");
        }
        out.append(' ').append(number(value)).append('\n');
        var sample = samples.addObject().put("name", name);
        var named = sample.putObject("labels");
        labels.forEach(named::put);
        sample.put("value", value);
    }

    void sample(String name, double value) {
        sample(name, Map.of(), value);
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) value)
                : Double.toString(value);
    }

    /** The same families as JSON. */
    ObjectNode json() {
        return Json.object().set("families", families);
    }

    String text() {
        return out.toString();
    }

    /** Writes a text in the place of that of a moment ago. */
    static Path write(String text, Path folder, String name) {
        var file = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            WholeFile.replace(file, text);
            return file;
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check the folder's owner and the disk's free space."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }
}
