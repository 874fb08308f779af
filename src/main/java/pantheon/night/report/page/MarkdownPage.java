package pantheon.night.report.page;

import java.util.List;
import java.util.stream.Collectors;
import pantheon.night.VisibleText;
import pantheon.night.report.page.Block.Charts;
import pantheon.night.report.page.Block.Commands;
import pantheon.night.report.page.Block.Diff;
import pantheon.night.report.page.Block.Figures;
import pantheon.night.report.page.Block.Fold;
import pantheon.night.report.page.Block.Paragraph;
import pantheon.night.report.page.Block.Parts;
import pantheon.night.report.page.Block.Plots;
import pantheon.night.report.page.Block.Table;

/** A page as Markdown with GitHub's tables; charts and plots are left out, for their tables are there. */
public final class MarkdownPage {
    private final StringBuilder out = new StringBuilder();

    private MarkdownPage() {}

    /** The file's text. */
    public static String write(Page page) {
        return new MarkdownPage().whole(page);
    }

    private String whole(Page page) {
        paragraph("# " + MarkdownText.of(page.title()));
        paragraph(MarkdownText.of(page.subtitle()));
        for (var section : page.sections()) {
            paragraph("## " + MarkdownText.of(section.title()));
            section.blocks().forEach(block -> block(block, 3));
        }
        paragraph("---");
        out.append(MarkdownText.of(page.footer())).append('\n');
        return out.toString();
    }

    private void paragraph(String text) {
        out.append(text).append("\n\n");
    }

    private void block(Block block, int level) {
        switch (block) {
            case Paragraph paragraph -> paragraph(spans(paragraph.spans()));
            case Figures figures -> figures(figures);
            case Commands commands -> fence("sh", String.join("\n", commands.lines()));
            case Table table -> table(table);
            case Fold fold -> fold(fold, level);
            case Diff diff -> fence("diff", diff.patch().stripTrailing());
            case Parts parts -> parts(parts);
            case Charts charts -> {}
            case Plots plots -> {}
        }
    }

    private void figures(Figures figures) {
        for (var figure : figures.figures()) {
            var note = figure.note().isEmpty() ? "" : ": " + MarkdownText.of(figure.note());
            out.append("- **%s** %s%s\n"
                    .formatted(MarkdownText.of(figure.value()), MarkdownText.of(figure.label()), note));
        }
        out.append('\n');
    }

    private void fold(Fold fold, int level) {
        paragraph("#".repeat(Math.min(6, level)) + " " + spans(fold.summary()));
        fold.body().forEach(inner -> block(inner, level + 1));
    }

    private void parts(Parts parts) {
        var shares = parts.parts().stream()
                .map(part -> MarkdownText.of(part.name() + " " + part.text()))
                .collect(Collectors.joining(", "));
        paragraph(MarkdownText.of(parts.caption()) + ": " + shares);
    }

    private void table(Table table) {
        paragraph("**" + MarkdownText.of(table.caption()) + "**");
        row(table.columns().stream()
                .map(column -> MarkdownText.of(column.name()))
                .toList());
        row(table.columns().stream()
                .map(column -> column.numeric() ? "--:" : "---")
                .toList());
        for (var row : table.rows()) {
            row(row.stream().map(MarkdownPage::spans).toList());
        }
        out.append('\n');
    }

    private void row(List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    /** A fence that is longer than any run of backticks in what it holds. */
    private void fence(String language, String content) {
        var visible = VisibleText.block(content);
        int longest = 0;
        int here = 0;
        for (int i = 0; i < visible.length(); i++) {
            here = visible.charAt(i) == '`' ? here + 1 : 0;
            longest = Math.max(longest, here);
        }
        var fence = "`".repeat(Math.max(3, longest + 1));
        paragraph(fence + language + "\n" + visible + "\n" + fence);
    }

    private static String spans(List<Span> spans) {
        return spans.stream().map(MarkdownPage::span).collect(Collectors.joining());
    }

    private static String span(Span span) {
        return switch (span) {
            case Span.Text words -> MarkdownText.of(words.text());
            case Span.Code code -> MarkdownText.of(code.text());
            case Span.Link link -> link(link);
            case Span.Mark mark -> "**" + MarkdownText.of(mark.text()) + "**";
            case Span.Aside aside -> "  " + MarkdownText.of(aside.text());
            case Span.Band band -> "";
        };
    }

    /** A link within the page is its words alone. */
    private static String link(Span.Link link) {
        var words = MarkdownText.of(link.text());
        return link.href().startsWith("#") ? words : "[%s](<%s>)".formatted(words, link.href());
    }
}
