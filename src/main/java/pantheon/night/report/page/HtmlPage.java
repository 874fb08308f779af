package pantheon.night.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pantheon.night.contract.Json;
import pantheon.night.report.page.Block.Chart;
import pantheon.night.report.page.Block.Charts;
import pantheon.night.report.page.Block.Commands;
import pantheon.night.report.page.Block.Diff;
import pantheon.night.report.page.Block.Figures;
import pantheon.night.report.page.Block.Fold;
import pantheon.night.report.page.Block.Paragraph;
import pantheon.night.report.page.Block.Parts;
import pantheon.night.report.page.Block.Plots;
import pantheon.night.report.page.Block.Table;

/**
 * A page as one HTML file that needs nothing beside itself and cannot reach anything.
 *
 * <p>All is readable without its scripts; they draw the charts alone. The charts' figures are a JSON block, in which
 * every {@code <} is escaped, so that no text can end it.
 */
public final class HtmlPage {
    private final Html html = new Html();
    private final List<Chart> charts = new ArrayList<>();

    private HtmlPage() {}

    /** The file's text. */
    public static String write(Page page) {
        return new HtmlPage().whole(page);
    }

    private String whole(Page page) {
        html.trusted("<!doctype html>\n").open("html", "lang", "en");
        head(page);
        html.open("body");
        html.element("a", "Skip to the report", "class", "skip", "href", "#main");
        html.open("header").element("h1", page.title()).element("p", page.subtitle(), "class", "subtitle");
        contents(page);
        html.close().newLine();
        html.open("main", "id", "main", "tabindex", "-1");
        page.sections().forEach(this::section);
        html.close();
        html.open("footer").element("p", page.footer()).close();
        scripts(page);
        return html.close().close().newLine().toString();
    }

    private void head(Page page) {
        html.open("head").single("meta", "charset", "utf-8");
        html.single("meta", "http-equiv", "Content-Security-Policy", "content", Assets.POLICY);
        html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.single("meta", "name", "color-scheme", "content", "light dark");
        html.single("meta", "name", "referrer", "content", "no-referrer");
        html.element("title", page.title());
        html.single("link", "rel", "icon", "href", "data:,");
        html.newLine().open("style").trusted(Assets.STYLE).close().close().newLine();
    }

    private void contents(Page page) {
        html.open("nav", "aria-label", "Contents").open("ul");
        for (var section : page.sections()) {
            html.open("li")
                    .element("a", section.title(), "href", "#" + section.id())
                    .close();
        }
        html.close().close();
    }

    private void section(Section section) {
        var heading = section.id() + "-heading";
        html.open("section", "id", section.id(), "aria-labelledby", heading)
                .element("h2", section.title(), "id", heading);
        section.blocks().forEach(this::block);
        html.close().newLine();
    }

    private void block(Block block) {
        switch (block) {
            case Paragraph paragraph -> paragraph(paragraph);
            case Figures figures -> figures(figures);
            case Commands commands -> commands(commands);
            case Table table -> table(table);
            case Fold fold -> fold(fold);
            case Diff diff -> diff(diff);
            case Parts parts -> PartsBar.draw(html, parts);
            case Charts several -> charts(several);
            case Plots plots -> PlotDrawing.draw(html, plots);
        }
        html.newLine();
    }

    private void paragraph(Paragraph paragraph) {
        html.open("p", "class", "note " + paragraph.tone().style());
        spans(paragraph.spans());
        html.close();
    }

    private void commands(Commands commands) {
        html.open("div", "class", "commands");
        for (var line : commands.lines()) {
            html.open("pre", "tabindex", "0").element("code", line).close();
        }
        html.close();
    }

    private void charts(Charts several) {
        html.open("div", "class", "charts");
        for (var chart : several.charts()) {
            html.open("figure", "class", "chart", "hidden", "")
                    .element("figcaption", chart.title())
                    .element("div", "", "id", "chart-" + charts.size(), "role", "img", "aria-label", spoken(chart))
                    .close();
            charts.add(chart);
        }
        html.close();
    }

    private static String spoken(Chart chart) {
        return chart.title() + ", as a chart. The table that follows has the same figures.";
    }

    private void figures(Figures figures) {
        html.open("dl", "class", "figures");
        for (var figure : figures.figures()) {
            html.open("div", "class", figure.tone().style())
                    .element("dt", figure.label())
                    .element("dd", figure.value(), "class", "value");
            if (!figure.note().isEmpty()) {
                html.element("dd", figure.note(), "class", "about");
            }
            html.close();
        }
        html.close();
    }

    private void table(Table table) {
        html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", table.caption())
                .open("table")
                .element("caption", table.caption());
        head(table.columns());
        html.open("tbody");
        table.rows().forEach(row -> row(row, table.columns()));
        html.close().close().close();
    }

    private void head(List<Column> columns) {
        html.open("thead").open("tr");
        for (var column : columns) {
            html.open("th", attributes(column, "scope", "col"))
                    .text(column.name())
                    .close();
        }
        html.close().close();
    }

    private void row(List<List<Span>> cells, List<Column> columns) {
        html.open("tr");
        for (int i = 0; i < cells.size(); i++) {
            var column = columns.get(i);
            html.open(i == 0 ? "th" : "td", i == 0 ? attributes(column, "scope", "row") : attributes(column));
            spans(cells.get(i));
            html.close();
        }
        html.close();
    }

    private static String[] attributes(Column column, String... others) {
        var all = new ArrayList<>(List.of(others));
        if (column.numeric()) {
            all.addAll(List.of("class", "n"));
        }
        return all.toArray(new String[0]);
    }

    private void fold(Fold fold) {
        html.open("details", fold.open() ? new String[] {"open", ""} : new String[0])
                .open("summary");
        spans(fold.summary());
        html.close();
        fold.body().forEach(this::block);
        html.close();
    }

    private void diff(Diff diff) {
        html.open("pre", "class", "diff", "tabindex", "0");
        for (var line : diff.patch().stripTrailing().split("\n", -1)) {
            var style = DiffLine.of(line).style();
            if (style.isEmpty()) {
                html.lines(line);
            } else {
                html.open("span", "class", style).lines(line).close();
            }
            html.newLine();
        }
        html.close();
    }

    private void spans(List<Span> spans) {
        for (var span : spans) {
            switch (span) {
                case Span.Text text -> html.text(text.text());
                case Span.Code code -> html.element("code", code.text());
                case Span.Link link -> html.element("a", link.text(), "href", link.href());
                case Span.Mark mark ->
                    html.element("strong", mark.text(), "class", mark.tone().style());
                case Span.Aside aside -> html.element("span", aside.text(), "class", "aside");
                case Span.Band band -> band(band);
            }
        }
    }

    /** On a scale of 100 by 10. */
    private void band(Span.Band band) {
        html.open("svg", "class", "band", "viewBox", "0 0 100 10", "aria-hidden", "true");
        bar("scale", "0", "4.5", "100", "1");
        bar("range", number(100 * band.low()), "2.5", number(Math.max(0.5, 100 * (band.high() - band.low()))), "5");
        bar("at", number(100 * band.value() - 1), "0.5", "2", "9");
        html.close();
    }

    private void bar(String style, String x, String y, String width, String height) {
        html.open("rect", "class", style, "x", x, "y", y, "width", width, "height", height)
                .close();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private void scripts(Page page) {
        var json = ChartData.of(charts, page.zone());
        html.open("script", "type", "application/json", "id", "chart-data")
                .trusted(Json.MAPPER.writeValueAsString(json).replace("<", "\\u003c"))
                .close();
        html.newLine().trusted("<!--\nuPlot:\n" + Assets.UPLOT_LICENCE + "-->\n");
        html.open("script").trusted(Assets.UPLOT_SCRIPT).close();
        html.open("script").trusted(Assets.SCRIPT).close();
    }
}
