package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.page.Tone;
import pantheon.night.review.Agreement;
import pantheon.night.review.Reviews;

/** How far the reviewers agree, where tasks were reviewed. */
public final class ReviewSection {
    private ReviewSection() {}

    public static Section of(ReportSource source) {
        var reviews = source.reviews();
        var blocks = new ArrayList<Block>();
        reviews.broken().forEach(problem -> blocks.add(Block.note(Tone.WARN, "A review is left out: " + problem)));
        if (reviews.tasks() == 0) {
            blocks.add(Block.paragraph("No reviews: no task of this night has a review.json among its artifacts."));
        } else if (reviews.pairs().isEmpty()) {
            blocks.add(Block.paragraph("%s reviewed, none by two reviewers, so there is no agreement to tell."
                    .formatted(Amount.of(reviews.tasks(), "task"))));
        } else {
            blocks.add(table(reviews));
            blocks.add(
                    Block.paragraph(
                            "κ is 1 where two agree on everything and 0 where they agree as by chance. It is judged by the lower end of its interval: below 0.6 look at the reviewers, below 0.4 merge nothing on their word."));
        }
        return new Section("reviews", "Reviewers", blocks);
    }

    private static Block table(Reviews reviews) {
        var rows = new ArrayList<List<List<Span>>>();
        reviews.pairs()
                .forEach((pair, agreement) -> rows.add(List.of(
                        List.of(Span.code(pair)),
                        List.of(Span.text(Amount.of(agreement.tasks()))),
                        List.of(Span.text(
                                Amount.share(agreement.bothAccept() + agreement.neither(), agreement.tasks()))),
                        List.of(Span.text(kappa(agreement.kappa()))),
                        List.of(Span.text(
                                agreement.state() == Agreement.State.UNDEFINED
                                        ? "–"
                                        : kappa(agreement.low()) + " to " + kappa(agreement.high()))),
                        List.of(state(agreement.state())))));
        return new Table(
                "Agreement of the reviewers",
                List.of(
                        Column.of("Reviewers"),
                        Column.number("Tasks"),
                        Column.number("Same word"),
                        Column.number("κ"),
                        Column.number("95 %"),
                        Column.of("State")),
                rows);
    }

    private static String kappa(double value) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
    }

    private static Span state(Agreement.State state) {
        return switch (state) {
            case GOOD -> new Span.Mark(Tone.GOOD, "good");
            case ALERT -> new Span.Mark(Tone.WARN, "alert: below 0.6");
            case HALT -> new Span.Mark(Tone.BAD, "halt merges: below 0.4");
            case TOO_FEW -> new Span.Mark(Tone.WARN, "too few to judge: below %d".formatted(Agreement.FEWEST));
            case UNDEFINED -> new Span.Mark(Tone.WARN, "undefined: both always said the same");
        };
    }
}
