package pantheon.night.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.batch.History;
import pantheon.night.batch.Task;
import pantheon.night.contract.Json;
import pantheon.night.sizing.Estimate;
import pantheon.night.sizing.ServiceTimes;

/** Says how long a night would take, from what earlier nights tell; nothing runs and nothing is written. */
final class DryRun {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Setup setup;
    private final Output output;

    DryRun(Setup setup, Output output) {
        this.setup = setup;
        this.output = output;
    }

    void print(List<Task> tasks, @Nullable Instant end, Instant now) {
        var estimate = estimate(tasks);
        output.result(json(estimate, end, now));
        output.say("%d tasks, about %s: would end about %s%s"
                .formatted(
                        estimate.tasks(),
                        words(estimate.total()),
                        TIME.format(now.plus(estimate.total()).atZone(ZoneId.systemDefault())),
                        end == null
                                ? ", no window is set"
                                : estimate.fits(now, end) ? ", inside the window" : ", AFTER the window closes"));
        for (var line : estimate.lines()) {
            output.say("  %-28s %6d tasks  %8s a task  %s"
                    .formatted(line.agent() + "@" + line.version(), line.tasks(), words(line.perTask()), basis(line)));
        }
    }

    private Estimate estimate(List<Task> tasks) {
        var counts = new LinkedHashMap<String, Integer>();
        tasks.forEach(task -> counts.merge(task.agent(), 1, Integer::sum));
        var times = ServiceTimes.of(History.journals(setup.config().log()));
        var lines = new ArrayList<Estimate.Line>();
        counts.forEach((name, count) -> {
            var version = setup.agent(name).version();
            lines.add(new Estimate.Line(name, version, count, times.of(name, version)));
        });
        return new Estimate(lines);
    }

    private static tools.jackson.databind.JsonNode json(Estimate estimate, @Nullable Instant end, Instant now) {
        var json = Json.object();
        json.put("tasks", estimate.tasks());
        json.put("estimate_ms", estimate.total().toMillis());
        json.put("window_end", end == null ? null : end.toString());
        json.put("fits", estimate.fits(now, end));
        var agents = json.putArray("agents");
        for (var line : estimate.lines()) {
            var agent = agents.addObject();
            agent.put("agent", line.agent());
            agent.put("version", line.version());
            agent.put("tasks", line.tasks());
            agent.put("per_task_ms", line.perTask().toMillis());
            agent.put("assumed", line.assumed());
            agent.put("seen_tasks", line.seen().tasks());
            agent.put("seen_accepted", line.seen().accepted());
        }
        return json;
    }

    private static String basis(Estimate.Line line) {
        var seen = line.seen();
        return line.assumed()
                ? "assumed: no earlier night has run it"
                : "mean of %d earlier tasks, %d of them accepted".formatted(seen.tasks(), seen.accepted());
    }

    private static String words(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return "%.2f s".formatted(duration.toMillis() / 1000.0);
        }
        return duration.compareTo(Duration.ofHours(2)) < 0
                ? duration.toMinutes() + " min"
                : "%.1f h".formatted(duration.toMinutes() / 60.0);
    }
}
