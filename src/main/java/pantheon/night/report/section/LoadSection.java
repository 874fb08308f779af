package pantheon.night.report.section;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Chart;
import pantheon.night.report.page.Block.Charts;
import pantheon.night.report.page.Block.Line;
import pantheon.night.report.page.Block.Part;
import pantheon.night.report.page.Block.Parts;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Block.Unit;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.record.Phases;
import pantheon.night.report.record.TaskRecord;

/** How the night's time was used. */
public final class LoadSection {
    private static final int CHART_STRETCHES = 240;
    private static final int TABLE_STRETCHES = 12;

    private final ReportSource source;

    private LoadSection(ReportSource source) {
        this.source = source;
    }

    public static Section of(ReportSource source) {
        return new LoadSection(source).section();
    }

    private Section section() {
        var night = source.night();
        if (night.turnCount() == 0) {
            return new Section("load", "Over the night", List.of(Block.paragraph("The model was never asked.")));
        }
        var blocks = new ArrayList<Block>();
        blocks.add(charts(Load.of(night, CHART_STRETCHES)));
        blocks.add(table(Load.of(night, TABLE_STRETCHES)));
        blocks.add(phases(night.phases()));
        blocks.add(perAgent());
        blocks.addAll(PromptCache.of(night.prompts()));
        return new Section("load", "Over the night", blocks);
    }

    private static Block charts(Load load) {
        var times = new ArrayList<Long>();
        for (int i = 0; i < load.stretches().size(); i++) {
            times.add(Math.round(load.beginMs() + (i + 0.5) * load.widthMs()));
        }
        return new Charts(List.of(
                new Chart(
                        "Slots in use, and batch size",
                        Unit.COUNT,
                        times,
                        List.of(line("slots", load, Load.Stretch::slots), line("batch", load, Load.Stretch::batch))),
                new Chart(
                        "Tokens per second",
                        Unit.PER_SECOND,
                        times,
                        List.of(
                                line("decoded", load, Load.Stretch::decodedPerSecond),
                                line("prefilled", load, Load.Stretch::prefilledPerSecond)))));
    }

    private static Line line(String name, Load load, ToDoubleFunction<Load.Stretch> value) {
        return Line.plain(
                name,
                load.stretches().stream()
                        .map(stretch -> value.applyAsDouble(stretch))
                        .toList());
    }

    private Block table(Load load) {
        var rows = new ArrayList<List<List<Span>>>();
        for (int i = 0; i < load.stretches().size(); i++) {
            var stretch = load.stretches().get(i);
            var from = Instant.ofEpochMilli(Math.round(load.beginMs() + i * load.widthMs()));
            rows.add(List.of(
                    List.of(Span.text(Amount.clock(from, source.places().zone()))),
                    figure(stretch.slots()),
                    figure(stretch.batch()),
                    figure(stretch.decodedPerSecond()),
                    figure(stretch.prefilledPerSecond())));
        }
        return new Table(
                "Means over stretches of " + Amount.ms(Math.round(load.widthMs())),
                List.of(
                        Column.of("From"),
                        Column.number("Slots in use"),
                        Column.number("Batch size"),
                        Column.number("Decoded tokens/s"),
                        Column.number("Prefilled tokens/s")),
                rows);
    }

    private static List<Span> figure(double value) {
        return List.of(Span.text(Amount.of(value)));
    }

    private static Block phases(Phases phases) {
        long whole = Math.max(1, phases.taskMs());
        return new Parts(
                "The tasks' time by phase, " + Amount.ms(phases.taskMs()) + " in all",
                List.of(
                        part("prefill", phases.prefillMs(), whole),
                        part("decode", phases.decodeMs(), whole),
                        part("tools", phases.toolMs(), whole),
                        part("checks", phases.checkMs(), whole),
                        part("the rest", phases.otherMs(), whole)));
    }

    private static Part part(String name, long ms, long whole) {
        return new Part(name, ms, "%s, %s".formatted(Amount.ms(ms), Amount.share(ms, whole)));
    }

    private Block perAgent() {
        var agents = new java.util.TreeMap<String, List<TaskRecord>>();
        source.night()
                .ended()
                .forEach(task -> agents.computeIfAbsent(task.agent(), agent -> new ArrayList<>())
                        .add(task));
        var rows = new ArrayList<List<List<Span>>>();
        agents.forEach((agent, tasks) -> {
            var phases = tasks.stream().map(TaskRecord::phases).reduce(Phases.NONE, Phases::plus);
            int n = tasks.size();
            rows.add(List.of(
                    List.of(Span.code(agent)),
                    List.of(Span.text(Amount.of(n))),
                    figure(tasks.stream().mapToInt(TaskRecord::steps).sum() / (double) n),
                    List.of(Span.text(Amount.ms(phases.taskMs() / n))),
                    List.of(Span.text(Amount.ms(phases.prefillMs() / n))),
                    List.of(Span.text(Amount.ms(phases.decodeMs() / n))),
                    List.of(Span.text(Amount.ms(phases.toolMs() / n))),
                    List.of(Span.text(Amount.ms(phases.checkMs() / n)))));
        });
        return new Table(
                "Means per task that ended, by agent",
                List.of(
                        Column.of("Agent"),
                        Column.number("Tasks"),
                        Column.number("Steps"),
                        Column.number("Time"),
                        Column.number("Prefill"),
                        Column.number("Decode"),
                        Column.number("Tools"),
                        Column.number("Checks")),
                rows);
    }
}
