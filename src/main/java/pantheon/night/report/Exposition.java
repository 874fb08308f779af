package pantheon.night.report;

import java.util.Locale;
import java.util.Map;

/**
 * Metrics in Prometheus's text format.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats, version 0.0.4</a>
 */
final class Exposition {
    private final StringBuilder out = new StringBuilder();

    /** Begins a family whose samples can go up and down. */
    Exposition gauge(String name, String help) {
        return family(name, help, "gauge");
    }

    /** Begins a family whose samples only grow; its name ends in {@code _total}. */
    Exposition counter(String name, String help) {
        return family(name, help, "counter");
    }

    private Exposition family(String name, String help, String type) {
        out.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
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

    String text() {
        return out.toString();
    }
}
