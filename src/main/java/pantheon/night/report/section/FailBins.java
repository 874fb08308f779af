package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Fold;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.page.Tone;
import pantheon.night.report.record.TaskRecord;

/**
 * The tasks that were not accepted, in bins by agent and reason; at most {@value #TASKS}. Each has the document that it is
 * about, what failed, what it left, and its artifacts.
 */
public final class FailBins {
    private static final int TASKS = 1_500;
    private static final int OPEN = 15;
    private static final int MESSAGE = 2_000;
    private static final int GLANCE = 140;
    private static final int ALL_DIFFS = 200_000;

    private final ReportSource source;
    private final ShownDiffs diffs = new ShownDiffs(ALL_DIFFS);
    private int room = TASKS;

    private FailBins(ReportSource source) {
        this.source = source;
    }

    public static Section of(ReportSource source) {
        return new FailBins(source).section();
    }

    private record Bin(String agent, String reason) {}

    private Section section() {
        var night = source.night();
        var bins = new TreeMap<Bin, List<TaskRecord>>(
                Comparator.comparing(Bin::agent).thenComparing(Bin::reason));
        night.tasks().stream()
                .filter(task -> !task.accepted())
                .forEach(task -> bins.computeIfAbsent(new Bin(task.agent(), task.reason()), bin -> new ArrayList<>())
                        .add(task));
        if (bins.isEmpty()) {
            return new Section(
                    "fails",
                    "Not accepted, or cut off",
                    List.of(Block.paragraph("Every task that ended was accepted.")));
        }
        var blocks = new ArrayList<Block>();
        blocks.add(counts(bins));
        var left = new ArrayList<Integer>();
        bins.entrySet().stream()
                .sorted(Comparator.comparingInt(bin -> -bin.getValue().size()))
                .forEach(bin -> {
                    int shown = Math.min(room, bin.getValue().size());
                    room -= shown;
                    left.add(bin.getValue().size() - shown);
                    if (shown > 0) {
                        blocks.add(bin(bin.getKey(), bin.getValue(), shown));
                    }
                });
        int unlisted = left.stream().mapToInt(Integer::intValue).sum();
        if (unlisted > 0) {
            blocks.add(Block.note(
                    Tone.WARN,
                    "%s more are counted above and not listed, so that this page stays small; summary.json has them all."
                            .formatted(Amount.of(unlisted))));
        }
        diffs.note().ifPresent(blocks::add);
        return new Section("fails", "Not accepted, or cut off", blocks);
    }

    private Block counts(Map<Bin, List<TaskRecord>> bins) {
        var totals = new TreeMap<String, Integer>();
        source.night().tasks().forEach(task -> totals.merge(task.agent(), 1, Integer::sum));
        var rows = new ArrayList<List<List<Span>>>();
        bins.entrySet().stream()
                .sorted(Comparator.comparingInt(bin -> -bin.getValue().size()))
                .forEach(bin -> rows.add(List.of(
                        List.of(Span.code(bin.getKey().agent())),
                        List.of(Span.code(bin.getKey().reason())),
                        List.of(Span.text(checks(bin.getValue()))),
                        List.of(Span.text(Amount.of(bin.getValue().size()))),
                        List.of(Span.text(Amount.share(
                                bin.getValue().size(),
                                totals.getOrDefault(bin.getKey().agent(), 1)))))));
        return new Table(
                "By agent and reason",
                List.of(
                        Column.of("Agent"),
                        Column.of("Reason"),
                        Column.of("Failed checks"),
                        Column.number("Tasks"),
                        Column.number("Of the agent's")),
                rows);
    }

    private static String checks(List<TaskRecord> tasks) {
        var counts = new TreeMap<String, Integer>();
        tasks.forEach(task -> task.failedChecks().forEach(check -> counts.merge(check.check(), 1, Integer::sum)));
        return counts.isEmpty()
                ? "–"
                : String.join(
                        ", ",
                        counts.entrySet().stream()
                                .sorted(Map.Entry.<String, Integer>comparingByValue()
                                        .reversed()
                                        .thenComparing(Map.Entry.comparingByKey()))
                                .map(check -> check.getKey() + " " + check.getValue())
                                .toList());
    }

    private Block bin(Bin bin, List<TaskRecord> tasks, int shown) {
        return new Fold(
                tasks.size() <= OPEN,
                List.of(
                        Span.code(bin.agent()),
                        Span.text("  "),
                        Span.code(bin.reason()),
                        Span.text(", " + Amount.of(tasks.size(), "task"))),
                tasks.subList(0, shown).stream().map(this::task).toList());
    }

    private Block task(TaskRecord task) {
        var summary = new ArrayList<Span>();
        summary.add(Span.text(task.id() + "  "));
        task.path().ifPresent(path -> summary.add(Span.code(path)));
        summary.add(Span.text("  " + shortened(task.message(), GLANCE)));
        var body = new ArrayList<Block>();
        if (task.message().length() > GLANCE) {
            body.add(Block.paragraph(shortened(task.message(), MESSAGE)));
        }
        task.failedChecks().stream()
                .map(check -> check.check() + ": " + check.message())
                .filter(words -> !words.equals(task.message()))
                .forEach(words -> body.add(Block.paragraph("Failed, too: " + shortened(words, MESSAGE))));
        var artifacts = new TaskArtifacts(source.places(), task.id());
        artifacts.diff(task).filter(patch -> !patch.isEmpty()).ifPresent(patch -> {
            summary.add(new Span.Aside(ShownDiffs.size(patch) + "not committed"));
            body.addAll(diffs.show(patch));
        });
        body.add(new Block.Paragraph(Tone.PLAIN, artifacts.links()));
        return new Fold(false, summary, body);
    }

    private static String shortened(String message, int most) {
        return message.codePointCount(0, message.length()) <= most
                ? message
                : message.substring(0, message.offsetByCodePoints(0, most)) + "…";
    }
}
