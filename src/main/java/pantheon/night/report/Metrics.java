package pantheon.night.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.JournalReader;
import tools.jackson.databind.JsonNode;

/**
 * What monitoring asks about nights, folded from their journals: how the last one went, and counts over all that are
 * kept. Counters fall back when old nights are pruned, which Prometheus takes for a restart.
 */
public final class Metrics {
    /** The file's name; node_exporter reads every {@code *.prom} of its folder. */
    public static final String FILE = "pantheon-night.prom";

    private static final List<String> OUTCOMES = List.of("done", "window_closed", "stopped", "failed", "abandoned");

    private final Map<List<String>, Long> tasks = new TreeMap<>(Metrics::compare);
    private final Map<String, Long> tokens = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private final Map<List<String>, Long> calls = new TreeMap<>(Metrics::compare);
    private final Map<String, Long> ended = new TreeMap<>();
    private final Map<String, List<String>> agents = new TreeMap<>();
    private long commits;
    private @Nullable Instant lastSuccess;
    private Last last = new Last();

    /** What is told of the newest night alone. */
    private static final class Last {
        private @Nullable Instant start;
        private @Nullable Instant end;
        private String version = "";
        private @Nullable String outcome;
        private long elapsedMillis;
        private int carryOver;
        private boolean proven;
        private boolean signed;
        private @Nullable JsonNode forecast;
        private final Map<String, Long> tasks = new TreeMap<>();
    }

    private Metrics() {}

    /**
     * Reads journals, oldest first.
     *
     * @throws NightException with exit code 65 where one is broken
     */
    public static Metrics of(List<Path> journals) {
        var metrics = new Metrics();
        journals.forEach(file -> JournalReader.read(file, metrics::take));
        return metrics;
    }

    private void take(JournalReader.Entry entry) {
        var data = entry.event().data();
        var task = String.valueOf(entry.event().task());
        switch (entry.event().type()) {
            case NIGHT_STARTED -> {
                last = new Last();
                last.start = entry.time();
                last.version = data.get("night.version").stringValue();
            }
            case EGRESS_PROVEN -> last.proven = true;
            case FORECAST_MADE -> last.forecast = data.get("night.forecast");
            case TASK_STARTED ->
                agents.put(
                        task,
                        List.of(
                                data.get("night.agent").stringValue(),
                                data.get("night.agent_version").stringValue()));
            case GENERATION_RECEIVED -> {
                for (var kind : List.of("input", "cache_read.input", "output")) {
                    count(
                            tokens,
                            kind,
                            data.path("gen_ai.usage." + kind + "_tokens").asLong(0));
                }
            }
            case CALL_REJECTED -> count(rejected, data.get("error.type").stringValue(), 1);
            case TOOL_RETURNED ->
                count(
                        calls,
                        List.of(
                                data.get("gen_ai.tool.name").stringValue(),
                                data.get("night.ok").booleanValue() ? "ok" : "error"),
                        1);
            case COMMIT_MADE -> commits++;
            case TASK_FINISHED -> {
                var reason = data.get("night.finish_reason").stringValue();
                var agent = agents.remove(task);
                if (agent != null) {
                    count(tasks, List.of(agent.getFirst(), agent.getLast(), reason), 1);
                }
                count(last.tasks, reason, 1);
            }
            case STATEMENT_SIGNED -> last.signed = true;
            case NIGHT_FINISHED -> finished(entry.time(), data);
            case NIGHT_RESUMED, TOOL_CALLED, CHECK_FINISHED, COMMIT_INTENDED, NIGHT_PRUNED -> {}
        }
    }

    private void finished(Instant time, JsonNode data) {
        var outcome = data.get("night.outcome").stringValue();
        last.outcome = outcome;
        last.end = time;
        last.elapsedMillis = data.get("night.elapsed_ms").longValue();
        last.carryOver = data.path("night.carry_over").size();
        count(ended, outcome, 1);
        if (outcome.equals("done") || outcome.equals("window_closed")) {
            lastSuccess = time;
        }
    }

    private static <K> void count(Map<K, Long> counts, K key, long more) {
        counts.merge(key, more, Long::sum);
    }

    private static int compare(List<String> a, List<String> b) {
        return String.join("\n", a).compareTo(String.join("\n", b));
    }

    /** The metrics in Prometheus's text format. */
    public String text() {
        var out = new Exposition();
        out.gauge("night_info", "The program that ran the last night; always 1.")
                .sample("night_info", Map.of("version", last.version), 1);
        time(out, "night_last_start_timestamp_seconds", "When the last night began.", last.start);
        time(out, "night_last_end_timestamp_seconds", "When the last night ended.", last.end);
        time(
                out,
                "night_last_success_timestamp_seconds",
                "When a night last ended with its queue done or its window closed.",
                lastSuccess);
        out.gauge("night_last_duration_seconds", "How long the last night took.")
                .sample("night_last_duration_seconds", last.elapsedMillis / 1000.0);
        out.gauge("night_last_outcome", "How the last night ended: 1 for that outcome, 0 for the others.");
        for (var outcome : OUTCOMES) {
            out.sample("night_last_outcome", Map.of("outcome", outcome), outcome.equals(last.outcome) ? 1 : 0);
        }
        out.gauge("night_last_tasks", "The last night's tasks by the reason for which they ended.");
        last.tasks.forEach((reason, count) -> out.sample("night_last_tasks", Map.of("reason", reason), count));
        out.gauge("night_last_carry_over_tasks", "The tasks that the last night left for the next.")
                .sample("night_last_carry_over_tasks", last.carryOver);
        out.gauge("night_last_egress_proven", "Whether the last night proved that it reaches no network.")
                .sample("night_last_egress_proven", last.proven ? 1 : 0);
        out.gauge("night_last_signed", "Whether the last night is signed.")
                .sample("night_last_signed", last.signed ? 1 : 0);
        forecast(out);
        counters(out);
        return out.text();
    }

    private static void time(Exposition out, String name, String help, @Nullable Instant time) {
        out.gauge(name, help);
        if (time != null) {
            out.sample(name, time.toEpochMilli() / 1000.0);
        }
    }

    private void forecast(Exposition out) {
        var forecast = last.forecast;
        if (forecast == null) {
            return;
        }
        out.gauge("night_forecast_tasks", "The tasks that the last night was sized for.")
                .sample("night_forecast_tasks", forecast.path("tasks").asInt(0));
        out.gauge(
                "night_forecast_makespan_seconds",
                "How long the last night was expected to take at most, by probability.");
        for (var quantile : List.of("p50", "p80", "p95")) {
            out.sample(
                    "night_forecast_makespan_seconds",
                    Map.of("probability", "0." + quantile.substring(1).replaceFirst("0$", "")),
                    forecast.path("makespan_ms").path(quantile).asLong(0) / 1000.0);
        }
        out.gauge("night_forecast_done_ratio", "The probability with which the last queue was expected to be done.");
        if (forecast.path("probability_done").isNumber()) {
            out.sample(
                    "night_forecast_done_ratio",
                    forecast.get("probability_done").doubleValue());
        }
    }

    private void counters(Exposition out) {
        out.counter("night_ended_total", "Nights by how they ended.");
        ended.forEach((outcome, count) -> out.sample("night_ended_total", Map.of("outcome", outcome), count));
        out.counter("night_tasks_total", "Tasks that ended, by agent and reason.");
        tasks.forEach((key, count) ->
                out.sample("night_tasks_total", labels(key, "agent", "agent_version", "reason"), count));
        out.counter("night_commits_total", "Commits made.").sample("night_commits_total", (double) commits);
        out.counter("night_tokens_total", "Tokens by kind; those read from the KV cache are part of the input.");
        tokens.forEach(
                (kind, count) -> out.sample("night_tokens_total", Map.of("kind", kind.replace('.', '_')), count));
        out.counter("night_rejected_calls_total", "Replies that were no valid call, by what was wrong.");
        rejected.forEach((code, count) -> out.sample("night_rejected_calls_total", Map.of("error", code), count));
        out.counter("night_tool_calls_total", "Tool calls by tool and result.");
        calls.forEach((key, count) -> out.sample("night_tool_calls_total", labels(key, "tool", "result"), count));
    }

    private static Map<String, String> labels(List<String> values, String... names) {
        var labels = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.length; i++) {
            labels.put(names[i], values.get(i));
        }
        return labels;
    }

    /**
     * Writes the metrics beside the file of a moment ago and renames, so that a reader never sees half of them.
     *
     * @param folder is made where it is missing
     * @return the file
     */
    public Path write(Path folder) {
        var file = folder.resolve(FILE);
        try {
            Files.createDirectories(folder);
            var half = Files.writeString(folder.resolve(FILE + ".new"), text());
            return Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be written: %s. Check the folder's owner and the disk's free space.".formatted(file, e),
                    e);
        }
    }
}
