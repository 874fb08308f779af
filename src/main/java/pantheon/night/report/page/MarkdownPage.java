package pantheon.night.report.page;

import java.util.List;
import java.util.stream.Collectors;
import pantheon.night.report.page.Block.Charts;
import pantheon.night.report.page.Block.Commands;
import pantheon.night.report.page.Block.Diff;
import pantheon.night.report.page.Block.Figures;
import pantheon.night.report.page.Block.Fold;
import pantheon.night.report.page.Block.Paragraph;
import pantheon.night.report.page.Block.Parts;
import pantheon.night.report.page.Block.Table;

/** A page as Markdown with GitHub's tables; charts are left out, for their tables are there. */
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
            case Figures figures -> {
                for (var figure : figures.figures()) {
                    out.append("- **%s** %s%s\n"
                            .formatted(
                                    MarkdownText.of(figure.value()),
                                    MarkdownText.of(figure.label()),
                                    figure.note().isEmpty() ? "" : ": " + MarkdownText.of(figure.note())));
                }
                out.append('\n');
            }
            case Commands commands -> fence("sh", String.join("\n", commands.lines()));
            case Table table -> table(table);
            case Fold fold -> {
                paragraph("#".repeat(Math.min(6, level)) + " " + spans(fold.summary()));
                fold.body().forEach(inner -> block(inner, level + 1));
            }
            case Diff diff -> fence("diff", diff.patch().stripTrailing());
            case Parts parts ->
                paragraph(MarkdownText.of(parts.caption()) + ": "
                        + parts.parts().stream()
                                .map(part -> MarkdownText.of(part.name() + " " + part.text()))
                                .collect(Collectors.joining(", ")));
            case Charts charts -> {}
        }
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
        var text = new StringBuilder();
        for (var span : spans) {
            switch (span) {
                case Span.Text words -> text.append(MarkdownText.of(words.text()));
                case Span.Code code -> text.append(MarkdownText.of(code.text()));
                case Span.Link link -> {
                    if (link.href().startsWith("#")) {
                        text.append(MarkdownText.of(link.text()));
                    } else {
                        text.append("[%s](<%s>)".formatted(MarkdownText.of(link.text()), link.href()));
                    }
                }
                case Span.Mark mark ->
                    text.append("**").append(MarkdownText.of(mark.text())).append("**");
                case Span.Aside aside -> text.append("  ").append(MarkdownText.of(aside.text()));
                case Span.Band band -> {}
            }
        }
        return text.toString();
    }
}
