package pantheon.night.metrics;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.EgressProven;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.LinesRefused;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.StatementSigned;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.journal.NightLines;
import pantheon.night.journal.Shard;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.past.CachedPrompts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What monitoring asks about nights, folded from their journals: how the last one went, and when one last ended well.
 * All of it are gauges: a count over all journals would fall back when old nights are pruned, and what grows over months
 * is the sum of gauges that Prometheus keeps.
 */
public final class Metrics {
    /** The file's name; node_exporter reads every {@code *.prom} of its folder. */
    public static final String FILE = "pantheon-night.prom";

    private final Map<List<String>, Long> tasks = new TreeMap<>(Metrics::compare);
    private final Map<String, Long> tokens = new TreeMap<>();
    private final Map<String, Long> rejected = new TreeMap<>();
    private int refused;
    private final Map<List<String>, Long> calls = new TreeMap<>(Metrics::compare);
    private final Map<String, List<String>> agents = new TreeMap<>();
    private final CachedPrompts prompts = new CachedPrompts();
    private long commits;
    private @Nullable Instant lastSuccess;
    private @Nullable Instant start;
    private @Nullable Instant end;
    private String version = "";
    private @Nullable NightOutcome outcome;
    private long elapsedMillis;
    private int carryOver;
    private boolean proven;
    private boolean signed;
    private @Nullable JsonNode forecast;
    private @Nullable Shard shard;

    /**
     * Reads journals, oldest first.
     *
     * @throws NightException with exit code 65 where one is broken
     */
    public static Metrics of(List<Path> journals) {
        var metrics = new Metrics();
        if (journals.isEmpty()) {
            return metrics;
        }
        NightLines.read(journals.getLast(), metrics::take);
        return metrics.after(journals.subList(0, journals.size() - 1));
    }

    /**
     * Looks in earlier nights for the last one that ended well, where this one did not.
     *
     * @param earlier their journals, oldest first
     * @throws NightException as above
     */
    public Metrics after(List<Path> earlier) {
        var newestFirst = earlier.reversed().iterator();
        while (lastSuccess == null && newestFirst.hasNext()) {
            var before = new Metrics();
            JournalReader.read(newestFirst.next(), before::take);
            lastSuccess = before.lastSuccess;
        }
        return this;
    }

    /** Takes a line of the newest night, as {@link NightLines} reads it. */
    public void take(JournalReader.Entry entry) {
        prompts.take(entry.event());
        switch (entry.event()) {
            case NightStarted night -> {
                start = entry.time();
                shard = night.shard();
                version = night.version();
            }
            case EgressProven proof -> proven = true;
            case ForecastMade made -> forecast = made.forecast();
            case LinesRefused lines -> refused = lines.lines().size() + Objects.requireNonNullElse(lines.untold(), 0);
            case TaskStarted task -> agents.put(task.task(), List.of(task.agent(), task.agentVersion()));
            case GenerationReceived turn -> count(turn);
            case CallRejected call -> count(rejected, call.error(), 1);
            case ToolReturned call -> count(calls, List.of(call.tool(), call.ok() ? "ok" : "error"), 1);
            case CommitMade commit -> commits++;
            case TaskFinished task -> finished(task);
            case StatementSigned statement -> signed = true;
            case NightFinished night -> finished(night, entry.time());
            default -> {}
        }
    }

    private void count(GenerationReceived turn) {
        count(tokens, "input", turn.tokens().input());
        var cached = prompts.told(turn);
        if (cached != null) {
            count(tokens, "cache_read.input", cached);
        }
        count(tokens, "output", turn.tokens().output());
    }

    private void finished(TaskFinished task) {
        var agent = agents.remove(task.task());
        if (agent != null) {
            count(
                    tasks,
                    List.of(agent.getFirst(), agent.getLast(), task.reason().code()),
                    1);
        }
    }

    private void finished(NightFinished night, Instant time) {
        outcome = night.outcome();
        end = time;
        elapsedMillis = night.millis();
        carryOver = night.carryOver().size();
        if (night.outcome().isSuccess()) {
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
        return exposition().text();
    }

    /** The same as JSON, valid against {@code schema/result/metrics.json}. */
    public ObjectNode json() {
        return exposition().json();
    }

    private Exposition exposition() {
        var out = new Exposition();
        out.gauge("night_info", "The program that ran the last night; always 1.")
                .sample("night_info", Map.of("version", version), 1);
        time(out, "night_last_start_timestamp_seconds", "When the last night began.", start);
        time(out, "night_last_end_timestamp_seconds", "When the last night ended.", end);
        time(
                out,
                "night_last_success_timestamp_seconds",
                "When a night last ended with its queue done or its window closed.",
                lastSuccess);
        out.gauge("night_last_duration_seconds", "How long the last night took.")
                .sample("night_last_duration_seconds", elapsedMillis / 1000.0);
        out.gauge("night_last_outcome", "How the last night ended: 1 for that outcome, 0 for the others.");
        for (var one : NightOutcome.WRITTEN) {
            out.sample("night_last_outcome", Map.of("outcome", one.code()), one == outcome ? 1 : 0);
        }
        out.gauge("night_last_carry_over_tasks", "The tasks that the last night left for the next.")
                .sample("night_last_carry_over_tasks", carryOver);
        out.gauge("night_last_egress_proven", "Whether the last night proved that it reaches no network.")
                .sample("night_last_egress_proven", proven ? 1 : 0);
        out.gauge("night_last_signed", "Whether the last night is signed.").sample("night_last_signed", signed ? 1 : 0);
        shard(out);
        forecast(out);
        counts(out);
        return out;
    }

    private void shard(Exposition out) {
        if (shard != null) {
            out.gauge("night_last_shard", "The part of the queue that the last night did, from 0.")
                    .sample("night_last_shard", shard.index());
            out.gauge("night_last_shards", "How many parts its queue was split into.")
                    .sample("night_last_shards", shard.of());
        }
    }

    private static void time(Exposition out, String name, String help, @Nullable Instant time) {
        out.gauge(name, help);
        if (time != null) {
            out.sample(name, time.toEpochMilli() / 1000.0);
        }
    }

    private void forecast(Exposition out) {
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

    private void counts(Exposition out) {
        out.gauge("night_last_tasks", "The last night's tasks, by agent and the reason for which they ended.");
        tasks.forEach(
                (key, count) -> out.sample("night_last_tasks", labels(key, "agent", "agent_version", "reason"), count));
        out.gauge("night_last_commits", "The last night's commits.").sample("night_last_commits", (double) commits);
        out.gauge(
                "night_last_tokens",
                "The last night's tokens by kind; those read from the KV cache are part of the input.");
        tokens.forEach((kind, count) -> out.sample("night_last_tokens", Map.of("kind", kind.replace('.', '_')), count));
        prompts(out);
        out.gauge("night_last_rejected_calls", "The last night's replies that were no valid call, by what was wrong.");
        rejected.forEach((code, count) -> out.sample("night_last_rejected_calls", Map.of("error", code), count));
        if (refused > 0) {
            out.gauge("night_last_refused_lines", "Lines of the queue that the last night did without.")
                    .sample("night_last_refused_lines", (double) refused);
        }
        out.gauge("night_last_tool_calls", "The last night's tool calls by tool and result.");
        calls.forEach((key, count) -> out.sample("night_last_tool_calls", labels(key, "tool", "result"), count));
    }

    private void prompts(Exposition out) {
        out.gauge(
                "night_last_prompt_cache_ratio",
                "How much of the last night's prompts came from the models' caches; none where the server does not tell.");
        prompts.shares().forEach((key, share) -> {
            if (share.prompt() > 0) {
                var values = List.of(key.agent(), key.version(), key.model());
                out.sample(
                        "night_last_prompt_cache_ratio",
                        labels(values, "agent", "agent_version", "model"),
                        share.ratio());
            }
        });
    }

    private static Map<String, String> labels(List<String> values, String... names) {
        var labels = new LinkedHashMap<String, String>();
        for (int i = 0; i < names.length; i++) {
            labels.put(names[i], values.get(i));
        }
        return labels;
    }

    /**
     * Writes the metrics into a folder, which is made where it is missing.
     *
     * @return the file
     */
    public Path write(Path folder) {
        return Exposition.write(text(), folder, FILE);
    }
}
