package pantheon.night.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Chart;
import pantheon.night.report.page.Block.Charts;
import pantheon.night.report.page.Block.Line;
import pantheon.night.report.page.Block.Table;
import pantheon.night.report.page.Block.Unit;
import pantheon.night.report.page.Column;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Span;
import pantheon.night.report.page.Tone;
import pantheon.night.report.record.NightTrend;
import pantheon.night.report.record.ToolUse;
import pantheon.night.report.record.Wilson;

/** This night beside the last ones: acceptance, replies off the schemas, calls that failed. */
public final class TrendSection {
    private final ReportSource source;
    private final List<NightTrend> nights;

    private TrendSection(ReportSource source) {
        this.source = source;
        this.nights = source.nights();
    }

    public static Section of(ReportSource source) {
        return new TrendSection(source).section();
    }

    private Section section() {
        var blocks = new ArrayList<Block>();
        source.broken()
                .forEach(problem -> blocks.add(Block.note(Tone.WARN, "An earlier night is left out: " + problem)));
        if (nights.size() > 1) {
            blocks.add(new Charts(List.of(acceptance(), rates())));
        }
        blocks.add(acceptanceTable());
        blocks.add(nightTable());
        blocks.add(toolTable());
        blocks.add(rejectionTable());
        return new Section("nights", "Over the last nights", blocks);
    }

    private Chart acceptance() {
        var agents = new TreeSet<String>();
        nights.forEach(night -> agents.addAll(night.agents().keySet()));
        var lines = new ArrayList<Line>();
        for (var agent : agents) {
            lines.add(new Line(
                    agent,
                    values(night -> band(night, agent, Wilson::share)),
                    values(night -> band(night, agent, Wilson::low)),
                    values(night -> band(night, agent, Wilson::high))));
        }
        return new Chart("Accepted, with the band at 95 %", Unit.SHARE, times(), lines);
    }

    private static double band(NightTrend night, String agent, ToDoubleFunction<Wilson> side) {
        var wilson = night.agents().get(agent);
        return wilson == null ? Double.NaN : side.applyAsDouble(wilson);
    }

    private Chart rates() {
        return new Chart(
                "Replies off the schemas, and calls that failed",
                Unit.SHARE,
                times(),
                List.of(
                        Line.plain("replies", values(night -> (double) night.rejected() / night.turns())),
                        Line.plain("calls", values(night -> (double) night.toolFailures() / night.calls()))));
    }

    private List<Long> times() {
        return nights.stream().map(night -> night.begun().toEpochMilli()).toList();
    }

    private List<Double> values(ToDoubleFunction<NightTrend> value) {
        return nights.stream().map(night -> value.applyAsDouble(night)).toList();
    }

    private Block acceptanceTable() {
        var rows = new ArrayList<List<List<Span>>>();
        for (var night : nights.reversed()) {
            night.agents()
                    .forEach((agent, wilson) -> rows.add(List.of(
                            List.of(Span.text(night.run())),
                            List.of(Span.code(agent)),
                            List.of(Span.text(Amount.of(wilson.successes()))),
                            List.of(Span.text(Amount.of(wilson.trials()))),
                            List.of(Span.text(Amount.share(wilson.share()))),
                            List.of(Span.text(Amount.band(wilson))),
                            List.of(new Span.Band(wilson.low(), wilson.share(), wilson.high())))));
        }
        return new Table(
                "Acceptance by agent and night",
                List.of(
                        Column.of("Night"),
                        Column.of("Agent"),
                        Column.number("Accepted"),
                        Column.number("Ended"),
                        Column.number("Share"),
                        Column.number("95 %"),
                        Column.of("From 0 to 100 %")),
                rows);
    }

    private Block nightTable() {
        var rows = new ArrayList<List<List<Span>>>();
        for (var night : nights.reversed()) {
            rows.add(List.of(
                    List.of(Span.text(night.run())),
                    List.of(Span.code(night.outcome().code())),
                    List.of(Span.text(Amount.time(night.elapsed()))),
                    List.of(Span.text(Amount.of(night.ended()))),
                    List.of(Span.text(Amount.of(night.carriedOver()))),
                    List.of(Span.text(Amount.of(night.turns()))),
                    List.of(Span.text(Amount.share(night.rejected(), night.turns()))),
                    List.of(Span.text(Amount.share(night.toolFailures(), night.calls()))),
                    List.of(Span.text(Amount.of(night.outputTokens())))));
        }
        return new Table(
                "Night by night",
                List.of(
                        Column.of("Night"),
                        Column.of("Outcome"),
                        Column.number("Time"),
                        Column.number("Ended"),
                        Column.number("Carried over"),
                        Column.number("Turns"),
                        Column.number("Off the schemas"),
                        Column.number("Calls failed"),
                        Column.number("Tokens")),
                rows);
    }

    /** One row a tool, this night beside the earlier ones. */
    private Block toolTable() {
        Map<String, ToolUse> earlier = new TreeMap<>();
        nights.stream()
                .filter(night -> !night.run().equals(source.night().run()))
                .forEach(night -> night.tools().forEach((tool, use) -> earlier.merge(tool, use, ToolUse::plus)));
        var names = new TreeSet<>(earlier.keySet());
        names.addAll(source.night().tools().keySet());
        var rows = new ArrayList<List<List<Span>>>();
        for (var name : names) {
            var now = source.night().tools().getOrDefault(name, ToolUse.NONE);
            var before = earlier.getOrDefault(name, ToolUse.NONE);
            rows.add(List.of(
                    List.of(Span.code(name)),
                    List.of(Span.text(Amount.of(now.calls()))),
                    List.of(Span.text(Amount.of(now.failures()))),
                    List.of(Span.text(Amount.share(now.failures(), now.calls()))),
                    List.of(Span.text(Amount.share(before.failures(), before.calls()))),
                    List.of(Span.text(now.calls() == 0 ? "–" : Amount.ms(now.ms() / now.calls()))),
                    List.of(Span.text(counts(now.errors())))));
        }
        return new Table(
                "Tool calls that failed",
                List.of(
                        Column.of("Tool"),
                        Column.number("Calls"),
                        Column.number("Failed"),
                        Column.number("Share"),
                        Column.number("Earlier nights"),
                        Column.number("Mean time"),
                        Column.of("Errors")),
                rows);
    }

    private Block rejectionTable() {
        if (source.night().rejections().isEmpty()) {
            return Block.paragraph("No reply of this night was off the schemas, in %s."
                    .formatted(Amount.of(source.night().turnCount(), "turn")));
        }
        var rows = new ArrayList<List<List<Span>>>();
        source.night()
                .rejections()
                .forEach((kind, count) -> rows.add(List.of(
                        List.of(Span.code(kind)),
                        List.of(Span.text(Amount.of(count))),
                        List.of(Span.text(Amount.share(count, source.night().turnCount()))))));
        return new Table(
                "Replies off the schemas, this night",
                List.of(Column.of("Kind"), Column.number("Replies"), Column.number("Of all turns")),
                rows);
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "–"
                : String.join(
                        ", ",
                        new TreeMap<>(counts)
                                .entrySet().stream()
                                        .map(one -> one.getKey() + " " + one.getValue())
                                        .toList());
    }
}
