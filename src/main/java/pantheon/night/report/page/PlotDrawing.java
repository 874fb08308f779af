package pantheon.night.report.page;

import pantheon.night.report.page.Block.Plot;
import pantheon.night.report.page.Block.Plots;
import pantheon.night.report.page.Block.Point;

/** Plots as drawings that need no script; their colours are the page's, light and dark. */
final class PlotDrawing {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int LEFT = 46;
    private static final int RIGHT = 294;
    private static final int TOP = 10;
    private static final int BOTTOM = 196;
    private static final int TICKS = 4;
    private static final int WHISKER = 3;

    private final Html html;
    private final Plot plot;

    private PlotDrawing(Html html, Plot plot) {
        this.html = html;
        this.plot = plot;
    }

    static void draw(Html html, Plots plots) {
        html.open("div", "class", "charts");
        plots.plots().forEach(plot -> new PlotDrawing(html, plot).figure());
        html.close();
    }

    private void figure() {
        html.open("figure", "class", "plot").element("figcaption", plot.title());
        html.open(
                "svg",
                "viewBox",
                "0 0 %d %d".formatted(WIDTH, HEIGHT),
                "role",
                "img",
                "aria-label",
                plot.title() + ", as a plot. The table that follows has the same figures.");
        for (int tick = 0; tick <= TICKS; tick++) {
            tick(tick / (double) TICKS);
        }
        words(plot.across(), (LEFT + RIGHT) / 2.0, HEIGHT - 8, "middle");
        if (plot.expected()) {
            line("expected", x(0), y(0), x(plot.top()), y(plot.top()));
        }
        plot.points().forEach(this::point);
        html.close().element("p", "Upwards: " + plot.up(), "class", "axis").close();
    }

    private void tick(double part) {
        double up = part * plot.top();
        line("grid", LEFT, y(up), RIGHT, y(up));
        words(percent(up), LEFT - 6, y(up) + 4, "end");
        words(percent(part), x(part), BOTTOM + 18, "middle");
    }

    private void point(Point point) {
        double at = x(point.across());
        line("range", at, y(point.low()), at, y(point.high()));
        for (var end : new double[] {point.low(), point.high()}) {
            line("range", at - WHISKER, y(end), at + WHISKER, y(end));
        }
        html.open(
                        "circle",
                        "class",
                        "at",
                        "cx",
                        HtmlPage.number(at),
                        "cy",
                        HtmlPage.number(y(point.value())),
                        "r",
                        "3.5")
                .close();
    }

    private static double x(double part) {
        return LEFT + (RIGHT - LEFT) * part;
    }

    /** What is above the plot's top stands at it. */
    private double y(double share) {
        return BOTTOM - (BOTTOM - TOP) * Math.min(share, plot.top()) / plot.top();
    }

    private void line(String style, double fromX, double fromY, double toX, double toY) {
        html.open(
                        "line",
                        "class",
                        style,
                        "x1",
                        HtmlPage.number(fromX),
                        "y1",
                        HtmlPage.number(fromY),
                        "x2",
                        HtmlPage.number(toX),
                        "y2",
                        HtmlPage.number(toY))
                .close();
    }

    private void words(String text, double x, double y, String anchor) {
        html.element("text", text, "x", HtmlPage.number(x), "y", HtmlPage.number(y), "text-anchor", anchor);
    }

    private static String percent(double share) {
        double hundredths = Math.round(1_000 * share) / 10.0;
        return (hundredths == Math.rint(hundredths) ? Long.toString((long) hundredths) : Double.toString(hundredths))
                + " %";
    }
}
