package pantheon.night.engine.server.protocol;

import java.util.Arrays;
import java.util.OptionalDouble;

/** A figure of a page of metrics in the text format of Prometheus. */
public final class Gauge {
    private Gauge() {}

    /** The sum over all labels; empty where the page has no line of it, or one that ends with no number. */
    public static OptionalDouble sum(String name, String page) {
        try {
            var values = page.lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .toArray();
            return values.length == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Arrays.stream(values).sum());
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
