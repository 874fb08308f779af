package pantheon.night.cli.dryrun;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import pantheon.night.sizing.Arrivals;
import pantheon.night.sizing.Forecast;
import pantheon.night.sizing.ShardsForecast;
import pantheon.night.sizing.plan.TwoReviewers;

/** A dry run for a person: the answer first, then what it rests on. */
final class DryRunText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final DryRunResult sizing;
    private final List<String> lines = new ArrayList<>();

    DryRunText(DryRunResult sizing) {
        this.sizing = sizing;
    }

    List<String> lines() {
        var forecast = sizing.forecast();
        if (forecast.tasks() == 0) {
            return List.of("nothing to do: no task of the queue is left for this night");
        }
        answer(forecast);
        cutOff(forecast);
        agents(forecast);
        totals(forecast);
        plans();
        if (sizing.shards() != null) {
            shards(sizing.shards());
        }
        if (sizing.arrivals() != null) {
            arrivals(sizing.arrivals());
        }
        trackRecord();
        sizing.assumptions().forEach(assumption -> lines.add("! " + assumption));
        return lines;
    }

    private void answer(Forecast forecast) {
        var end = sizing.end();
        if (end == null) {
            lines.add("%s would end about %s; no window is set, so nothing is cut off%s."
                    .formatted(tasks(forecast.tasks()), time(forecast.makespan().at(0.5)), assumed()));
        } else {
            lines.add("%s, %s: %s will %s done by %s, %s sure%s."
                    .formatted(
                            verdict(forecast.probabilityDone().orElse(1)),
                            slots(forecast.plan().slots()),
                            tasks(forecast.tasks()),
                            forecast.tasks() == 1 ? "be" : "all be",
                            time(end),
                            percent(forecast.probabilityDone().orElse(1)),
                            assumed()));
        }
        var makespan = forecast.makespan();
        lines.add("  It takes %s, or %s at P80, %s at P95; 19 nights of 20 take %s to %s."
                .formatted(
                        words(makespan.at(0.5)),
                        words(makespan.at(0.8)),
                        words(makespan.at(0.95)),
                        words(makespan.at(0.025)),
                        words(makespan.at(0.975))));
    }

    /** That times are not from nights, where the answer is; what is assumed instead stands at the end. */
    private String assumed() {
        return sizing.forecast().isFromNights() ? "" : ", if the assumptions below hold";
    }

    private static String verdict(double probability) {
        if (probability >= Forecast.SURE) {
            return "Yes";
        }
        return probability >= 0.5 ? "Probably" : probability >= 0.05 ? "Probably not" : "No";
    }

    private void cutOff(Forecast forecast) {
        var remedy = sizing.remedy();
        if (remedy == null) {
            return;
        }
        var perAgent = forecast.agents().stream()
                .filter(agent -> agent.tasks() - agent.done().at(0.5) >= 1)
                .map(agent -> "%,.0f of %s"
                        .formatted(
                                agent.tasks() - agent.done().at(0.5),
                                agent.load().agent()))
                .toList();
        lines.add("  Cut off: %s, up to %,d at P95%s; they are the queue's last, and the next night takes them up."
                .formatted(
                        tasks(forecast.cutOff(0.5)),
                        forecast.cutOff(0.95),
                        perAgent.isEmpty() ? "" : " (" + String.join(", ", perAgent) + ")"));
        lines.add("  95 %% sure would be: %s fewer (%s), or %s (slots of the configuration)."
                .formatted(
                        tasks(remedy.fewer()),
                        tasks(remedy.tasks()),
                        remedy.slots() == null
                                ? "no number of slots up to " + Forecast.MOST_SLOTS_TRIED
                                : slots(remedy.slots())));
    }

    private void agents(Forecast forecast) {
        lines.add("");
        lines.add("%-28s %9s %9s %16s %21s  %s"
                .formatted("agent", "tasks", "a task", "accepted", "expected accepted", "from"));
        for (var agent : forecast.agents()) {
            var rates = agent.load().rates();
            var band = rates.acceptedBand();
            var expected = agent.acceptedBand();
            lines.add("%-28s %,9d %9s %4s %11s %8s %12s  %s"
                    .formatted(
                            agent.load().agent() + "@" + agent.load().version(),
                            agent.tasks(),
                            words(rates.mean(
                                                    forecast.plan().slowDown(),
                                                    forecast.plan().slots())
                                            .toNanos()
                                    / 1e6),
                            percent(rates.accepted()),
                            "(%.0f–%.0f %%)".formatted(100 * band.low(), 100 * band.high()),
                            "%,.0f".formatted(agent.meanAccepted()),
                            "(%,.0f–%,.0f)".formatted(expected.low(), expected.high()),
                            rates.basis().isSeen()
                                    ? "%,d tasks %s, worth %.0f"
                                            .formatted(
                                                    rates.tasks(), rates.basis().words(), rates.effectiveTasks())
                                    : rates.basis().words()));
        }
    }

    private void totals(Forecast forecast) {
        lines.add("");
        var band = forecast.acceptedBand();
        lines.add("accepted    %,.0f expected, 95 %% band %,.0f to %,.0f"
                .formatted(forecast.meanAccepted(), band.low(), band.high()));
        if (!(sizing.reviewers() instanceof TwoReviewers.Assumed)) {
            lines.add("two reviewers  " + sizing.reviewers().line(forecast));
        }
        lines.add("tokens      %,.0f generated, %,.0f of prompts"
                .formatted(forecast.outputTokens(), forecast.inputTokens()));
        lines.add("disk        %s, %s free%s"
                .formatted(
                        bytes(sizing.diskBytes()),
                        bytes(sizing.disk().freeBytes()),
                        sizing.diskBytes() > sizing.disk().freeBytes() ? ": TOO LITTLE" : ""));
    }

    private void plans() {
        if (sizing.plans().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(
                "%-28s %9s %9s %9s %9s %9s %9s".formatted("plan", "tasks", "P50", "P80", "P95", "by dawn", "accepted"));
        line("this night", sizing.forecast());
        sizing.plans().forEach(plan -> line(plan.name(), plan.forecast()));
    }

    private void line(String name, Forecast forecast) {
        lines.add("%-28s %,9d %9s %9s %9s %9s %,9.0f"
                .formatted(
                        name,
                        forecast.tasks(),
                        words(forecast.makespan().at(0.5)),
                        words(forecast.makespan().at(0.8)),
                        words(forecast.makespan().at(0.95)),
                        forecast.probabilityDone().isPresent()
                                ? percent(forecast.probabilityDone().getAsDouble())
                                : "-",
                        forecast.meanAccepted()));
    }

    private void shards(ShardsForecast shards) {
        lines.add("");
        var end = sizing.end();
        lines.add("%s, a machine each: %s"
                .formatted(
                        shards(shards.shards()),
                        end == null || shards.done().isEmpty()
                                ? "no window is set, so nothing is cut off"
                                : "all done by %s, %s sure"
                                        .formatted(
                                                time(end), percent(shards.done().getAsDouble()))));
        lines.add("  The longest is shard %s with %s: %s, or %s at P95."
                .formatted(
                        shards.longest() + "/" + shards.shards(),
                        tasks(shards.tasks()),
                        words(shards.forecast().makespan().at(0.5)),
                        words(shards.forecast().makespan().at(0.95))));
        if (shards.done().isPresent()) {
            lines.add("  95 %% sure takes %s."
                    .formatted(
                            shards.forSure().isPresent()
                                    ? shards(shards.forSure().getAsInt())
                                    : "more than %,d shards".formatted(ShardsForecast.MOST_TRIED)));
        }
    }

    private static String shards(int count) {
        return count == 1 ? "1 shard" : "%,d shards".formatted(count);
    }

    private void arrivals(Arrivals arrivals) {
        lines.add("");
        lines.add("%,.0f arrivals an hour on %s (M/M/c): utilisation %.2f%s"
                .formatted(
                        arrivals.perHour(),
                        slots(arrivals.slots()),
                        arrivals.line().utilisation(),
                        arrivals.isTight()
                                ? ", ABOVE %.1f: waits grow out of hand; take %s, or fewer arrivals"
                                        .formatted(Arrivals.MOST_UTILISATION, slots(arrivals.slotsNeeded()))
                                : ""));
        if (arrivals.line().isStable()) {
            lines.add("  %s wait; mean %s (%s at the variation seen), P80 %s, P95 %s, P99 %s"
                    .formatted(
                            percent(arrivals.line().waits()),
                            words(arrivals.meanWaitMillis()),
                            words(arrivals.correctedMeanWaitMillis()),
                            words(arrivals.waitMillis(0.8)),
                            words(arrivals.waitMillis(0.95)),
                            words(arrivals.waitMillis(0.99))));
        } else {
            lines.add("  more arrives than can be served: the line grows without end");
        }
    }

    private void trackRecord() {
        var record = sizing.experience().trackRecord();
        lines.add("");
        if (record.forecasts().isEmpty()) {
            lines.add("no earlier forecast to judge this one by%s"
                    .formatted(record.assumed() == 0 ? "" : "; %d rested on assumptions".formatted(record.assumed())));
            return;
        }
        lines.add("of earlier forecasts, %d of %d held at 95 %%, %d of %d at 80 %%%s"
                .formatted(
                        record.of95().inside(),
                        record.of95().nights(),
                        record.of80().inside(),
                        record.of80().nights(),
                        record.brier()
                                .map("; Brier score of \"done by dawn\" %.3f"::formatted)
                                .orElse("")));
        var spread = sizing.forecast().plan().spread();
        lines.add("  so nights are taken to differ by %.0f %% beyond their tasks, and to be %.0f %% %s than tasks tell"
                .formatted(
                        100 * Math.expm1(spread.deviation()),
                        100 * Math.abs(Math.expm1(spread.shift())),
                        spread.shift() < 0 ? "shorter" : "longer"));
    }

    private static String tasks(long count) {
        return count == 1 ? "1 task" : "%,d tasks".formatted(count);
    }

    private static String slots(int count) {
        return count == 1 ? "1 slot" : count + " slots";
    }

    private String time(double millis) {
        return time(sizing.start().plusMillis(Math.round(millis)));
    }

    private String time(@Nullable Instant instant) {
        return instant == null ? "never" : TIME.format(instant.atZone(sizing.zone()));
    }

    private static String percent(double share) {
        if (share > 0.999) {
            return share == 1 ? "100 %" : "99.9 %";
        }
        return share > 0.99 ? "%.1f %%".formatted(100 * share) : "%.0f %%".formatted(100 * share);
    }

    /** A time in the unit that fits it. */
    static String words(double millis) {
        var duration = Duration.ofNanos(Math.round(millis * 1e6));
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return "%.2f s".formatted(millis / 1000);
        }
        return duration.compareTo(Duration.ofHours(2)) < 0
                ? "%.0f min".formatted(millis / 60_000)
                : "%.1f h".formatted(millis / 3_600_000);
    }

    private static String bytes(long count) {
        if (count < 1e6) {
            return "%.0f kB".formatted(count / 1e3);
        }
        return count < 1e9 ? "%.0f MB".formatted(count / 1e6) : "%,.1f GB".formatted(count / 1e9);
    }
}
