package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import pantheon.night.calibration.Calibration;
import pantheon.night.calibration.Calibration.Bin;
import pantheon.night.calibration.Calibration.Kept;
import pantheon.night.calibration.EveryChoice.Chooser;
import pantheon.night.calibration.Share;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Plot;
import pantheon.night.report.page.Block.Plots;
import pantheon.night.report.page.Block.Point;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.record.Wilson;

/**
 * How sure models were of what they chose, against how often it was right, over the last nights: each place at which an agent
 * leaves its model a choice, as plots and as tables.
 */
public final class ConfidenceSection {
    private static final double[] THRESHOLDS = {0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99};

    private final ReportSource source;

    private ConfidenceSection(ReportSource source) {
        this.source = source;
    }

    /** Empty where of no choice it is known how sure the model was and whether it was right. */
    public static Optional<Section> of(ReportSource source) {
        return source.choices().judged().isEmpty()
                ? Optional.empty()
                : Optional.of(new ConfidenceSection(source).section());
    }

    private Section section() {
        var blocks = new ArrayList<Block>();
        blocks.add(
                Block.paragraph(
                        "How sure the models were of what they chose, and how often that was right: a task each, judged by people, else by its checks; bands at 95 % by Wilson. pantheon-night calibrate names the least confidence for an error."));
        source.choices().judged().forEach((chooser, calibration) -> blocks.addAll(place(chooser, calibration)));
        return new Section("confidence", "How sure, and how right", blocks);
    }

    private List<Block> place(Chooser chooser, Calibration calibration) {
        return List.of(
                Block.paragraph(
                        Span.code(chooser.toString()),
                        Span.text(": %s judged, %s not"
                                .formatted(
                                        Amount.of(calibration.choices().size(), "choice"),
                                        Amount.of(source.choices().unjudged(chooser))))),
                new Plots(List.of(reliability(calibration), errors(calibration))),
                bins(chooser, calibration),
                thresholds(chooser, calibration));
    }

    private static Plot reliability(Calibration calibration) {
        var points = filled(calibration).stream()
                .map(bin -> point(bin.mean(), right(bin.choices())))
                .toList();
        return new Plot("Reliability", "how sure the model was", "how much of it was right", 1, true, points);
    }

    private static Plot errors(Calibration calibration) {
        var points = kept(calibration).stream()
                .map(kept -> point(kept.coverage(), wrong(kept.kept())))
                .toList();
        double most = points.stream().mapToDouble(Point::high).max().orElse(1);
        double top = Math.min(1, Math.ceil(10 * most) / 10);
        return new Plot("Coverage against error", "how much was kept", "how much of it was wrong", top, false, points);
    }

    private static Point point(double across, Wilson up) {
        return new Point(across, up.share(), up.low(), up.high());
    }

    private static Wilson right(Share share) {
        return Wilson.of(share.choices() - share.wrong(), share.choices());
    }

    private static Wilson wrong(Share share) {
        return Wilson.of(share.wrong(), share.choices());
    }

    private static List<Bin> filled(Calibration calibration) {
        return calibration.bins().stream()
                .filter(bin -> bin.choices().choices() > 0)
                .toList();
    }

    private static List<Kept> kept(Calibration calibration) {
        return DoubleStream.of(THRESHOLDS)
                .mapToObj(calibration::at)
                .filter(kept -> kept.kept().choices() > 0)
                .toList();
    }

    private static Table bins(Chooser chooser, Calibration calibration) {
        var rows = new ArrayList<List<List<Span>>>();
        for (var bin : filled(calibration)) {
            var right = right(bin.choices());
            rows.add(List.of(
                    cell("%s to %s".formatted(number(bin.from()), number(bin.to()))),
                    cell(Amount.of(right.trials())),
                    cell(Amount.share(bin.mean())),
                    cell(Amount.share(right.share())),
                    cell(Amount.band(right)),
                    List.of(new Span.Band(right.low(), right.share(), right.high()))));
        }
        return new Table(
                "Reliability of " + chooser,
                List.of(
                        Column.of("Likelihood"),
                        Column.number("Choices"),
                        Column.number("Said"),
                        Column.number("Right"),
                        Column.number("95 %"),
                        Column.of("From 0 to 100 %")),
                rows);
    }

    private static Table thresholds(Chooser chooser, Calibration calibration) {
        var rows = new ArrayList<List<List<Span>>>();
        for (var kept : kept(calibration)) {
            var wrong = wrong(kept.kept());
            rows.add(List.of(
                    cell(number(kept.threshold())),
                    cell(Amount.of(wrong.trials())),
                    cell(Amount.share(kept.coverage())),
                    cell(Amount.of(wrong.successes())),
                    cell(Amount.share(wrong.share())),
                    cell(Amount.band(wrong))));
        }
        return new Table(
                "Coverage against error of " + chooser,
                List.of(
                        Column.of("Least confidence"),
                        Column.number("Kept"),
                        Column.number("Coverage"),
                        Column.number("Wrong"),
                        Column.number("Error"),
                        Column.number("95 %")),
                rows);
    }

    private static List<Span> cell(String text) {
        return List.of(Span.text(text));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value * 10 == Math.rint(value * 10) ? "%.1f" : "%.2f", value);
    }
}
