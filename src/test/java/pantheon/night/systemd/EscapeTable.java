package pantheon.night.systemd;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of each vector behind each layer.
 *
 * @param vectors in the order in which they are shown
 * @param found by layer and name: "open", or how it was stopped
 */
record EscapeTable(List<Vector> vectors, Map<Layer, Map<String, String>> found) {
    static final String BEGIN = "<!-- escape table: begin -->\n";
    static final String END = "<!-- escape table: end -->\n";

    /** A way out that is tried; its group, its name, and what it is, in words. */
    record Vector(String group, String name, String what) {
        /** From a line of the probe's list. */
        static Vector parse(String line) {
            var parts = line.split("\t", -1);
            return new Vector(parts[0], parts[1], parts[2]);
        }
    }

    /** The names of those that went through a layer. */
    Set<String> open(Layer layer) {
        return vectors.stream()
                .map(Vector::name)
                .filter(name -> outcome(layer, name).equals("open"))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    String outcome(Layer layer, String vector) {
        var outcome = found.get(layer).get(vector);
        if (outcome == null) {
            throw new AssertionError("behind layer \"%s\" nothing was told of %s".formatted(layer.title(), vector));
        }
        return outcome;
    }

    /** The table, in Markdown, between its markers. */
    String markdown(Collection<String> impossible) {
        var layers = List.of(Layer.values());
        var lines = Stream.of(
                row("Vector", layers.stream().map(Layer::title)),
                row("---", layers.stream().map(layer -> "---")));
        var rows = vectors.stream()
                .map(vector -> row(
                        vector.what(),
                        layers.stream().map(layer -> cell(layer, vector.name(), impossible.contains(vector.name())))));
        var sums = Stream.of(row(
                "open, of " + vectors.size(),
                layers.stream().map(layer -> Integer.toString(open(layer).size()))));
        return Stream.of(lines, rows, sums).flatMap(part -> part).collect(Collectors.joining("", BEGIN, END));
    }

    private String cell(Layer layer, String vector, boolean impossible) {
        var outcome = outcome(layer, vector);
        if (outcome.equals("open")) {
            return "●";
        }
        return outcome.startsWith("killed") ? "†" : impossible ? "–" : "·";
    }

    private static String row(String first, Stream<String> cells) {
        return "| %s | %s |\n".formatted(first, cells.collect(Collectors.joining(" | ")));
    }

    /** Line by line what stopped what, for people who look into it. */
    String details() {
        return vectors.stream()
                .map(vector -> vector.name() + ": "
                        + Stream.of(Layer.values())
                                .map(layer -> layer.title() + " " + outcome(layer, vector.name()))
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
