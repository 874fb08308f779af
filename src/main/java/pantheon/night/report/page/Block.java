package pantheon.night.report.page;

import java.util.Arrays;
import java.util.List;

/** A piece of a section. */
public sealed interface Block {
    /** A paragraph. */
    record Paragraph(Tone tone, List<Span> spans) implements Block {
        public Paragraph {
            spans = List.copyOf(spans);
        }
    }

    /** The few figures that matter most. */
    record Figures(List<Figure> figures) implements Block {
        public Figures {
            figures = List.copyOf(figures);
        }
    }

    /**
     * One figure.
     *
     * @param note what it means, in a few words
     */
    record Figure(Tone tone, String value, String label, String note) {}

    /** Command lines to copy. */
    record Commands(List<String> lines) implements Block {
        public Commands {
            lines = List.copyOf(lines);
        }
    }

    /** A table; the first cell of a row names it. */
    record Table(String caption, List<Column> columns, List<List<List<Span>>> rows) implements Block {
        public Table {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** What is shown on demand. */
    record Fold(boolean open, List<Span> summary, List<Block> body) implements Block {
        public Fold {
            summary = List.copyOf(summary);
            body = List.copyOf(body);
        }
    }

    /** A change, as git shows it. */
    record Diff(String patch) implements Block {}

    /** One bar of parts that make a whole. */
    record Parts(String caption, List<Part> parts) implements Block {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One part of a bar.
     *
     * @param text the value in words
     */
    record Part(String name, double value, String text) {}

    /** Charts side by side; a table beside them has the same figures. */
    record Charts(List<Chart> charts) implements Block {
        public Charts {
            charts = List.copyOf(charts);
        }
    }

    /** Lines over time. */
    record Chart(String title, Unit unit, List<Long> timesMs, List<Line> lines) {
        public Chart {
            timesMs = List.copyOf(timesMs);
            lines = List.copyOf(lines);
        }
    }

    /** What a chart's axis counts. */
    enum Unit {
        COUNT,
        SHARE,
        PER_SECOND
    }

    /**
     * A line of a chart, with a band around it or without.
     *
     * @param values one for each time; NaN for none
     * @param low empty for no band
     */
    record Line(String name, List<Double> values, List<Double> low, List<Double> high) {
        public Line {
            values = List.copyOf(values);
            low = List.copyOf(low);
            high = List.copyOf(high);
        }

        public static Line plain(String name, List<Double> values) {
            return new Line(name, values, List.of(), List.of());
        }
    }

    /** Plots side by side; a table beside them has the same figures. */
    record Plots(List<Plot> plots) implements Block {
        public Plots {
            plots = List.copyOf(plots);
        }
    }

    /**
     * Shares over shares, each point with its band.
     *
     * @param across what is counted from left to right, 0 to 1
     * @param up what is counted upwards, 0 to {@code top}
     * @param top more than 0, at most 1
     * @param expected whether a line shows where both are the same
     */
    record Plot(String title, String across, String up, double top, boolean expected, List<Point> points) {
        public Plot {
            if (!(top > 0 && top <= 1)) {
                throw new IllegalArgumentException("top is " + top + "; expected more than 0, at most 1");
            }
            points = List.copyOf(points);
        }
    }

    /** A point of a plot, with the band around it. */
    record Point(double across, double value, double low, double high) {}

    static Block paragraph(Span... spans) {
        return new Paragraph(Tone.PLAIN, Arrays.asList(spans));
    }

    static Block paragraph(String text) {
        return paragraph(Span.text(text));
    }

    static Block note(Tone tone, String text) {
        return new Paragraph(tone, List.of(Span.text(text)));
    }
}
