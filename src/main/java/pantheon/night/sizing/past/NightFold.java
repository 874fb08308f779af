package pantheon.night.sizing.past;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.Event;
import pantheon.night.journal.JournalReader;
import tools.jackson.databind.JsonNode;

/**
 * One night's journal on its way into the experience.
 *
 * <p>A task's time is what it kept its slot busy: from the end of the task before it on the slot to its own end, so
 * checkout and commit are in it. A task that the night cut off tells nothing of its length and is left out.
 */
final class NightFold {
    /** More than this beside the loop's own time is no work but a clock that was set. */
    private static final double MOST_OVERHEAD_MILLIS = 60_000;

    private final int night;
    private final Experience experience;
    private final Map<String, Open> open = new HashMap<>();
    private final Map<String, String> digestByFolder = new HashMap<>();
    private final Deque<Instant> freed = new ArrayDeque<>();
    private Machine machine = Machine.UNKNOWN;
    private @Nullable Instant started;
    private @Nullable JsonNode forecast;
    private @Nullable Instant forecastAt;
    private boolean isWhole = true;
    private int ended;

    NightFold(int night, Experience experience) {
        this.night = night;
        this.experience = experience;
    }

    /** A task that has begun. */
    private static final class Open {
        final String agent;
        final String version;
        final Instant since;
        final int beside;
        final long inputBytes;
        String model = "";
        double modelMillis;

        Open(String agent, String version, Instant since, int beside, long inputBytes) {
            this.agent = agent;
            this.version = version;
            this.since = since;
            this.beside = beside;
            this.inputBytes = inputBytes;
        }
    }

    void take(JournalReader.Entry entry) {
        var event = entry.event();
        var data = event.data();
        switch (event.type()) {
            case NIGHT_STARTED -> {
                started = entry.time();
                machine = Machine.of(data.path("night.machine"));
                models(data);
            }
            case NIGHT_RESUMED -> {
                models(data);
                open.clear();
                freed.clear();
                isWhole = false;
            }
            case FORECAST_MADE -> {
                forecast = data.get("night.forecast");
                forecastAt = entry.time();
            }
            case TASK_STARTED -> begin(event, entry.time());
            case GENERATION_RECEIVED -> turn(event);
            case TASK_FINISHED -> end(event, entry.time());
            case NIGHT_FINISHED -> finish(data, entry.time());
            case EGRESS_PROVEN,
                    CALL_REJECTED,
                    TOOL_CALLED,
                    TOOL_RETURNED,
                    CHECK_FINISHED,
                    COMMIT_INTENDED,
                    COMMIT_MADE,
                    STATEMENT_SIGNED,
                    NIGHT_PRUNED -> {}
        }
    }

    private void models(JsonNode data) {
        for (var model : data.path("night.models")) {
            digestByFolder.put(
                    model.path("folder").asString(model.path("name").asString("")),
                    model.path("digest").asString(""));
        }
    }

    private void begin(Event event, Instant time) {
        var data = event.data();
        var free = freed.pollLast();
        if (free == null && ended == 0 && open.isEmpty() && started != null) {
            experience.startUp(Math.max(0, millis(started, time)));
        }
        open.put(
                String.valueOf(event.task()),
                new Open(
                        data.get("night.agent").stringValue(),
                        data.get("night.agent_version").stringValue(),
                        free == null ? time : free,
                        open.size() + 1,
                        data.path("night.input_bytes").asLong(-1)));
    }

    private void turn(Event event) {
        var task = open.get(String.valueOf(event.task()));
        if (task == null) {
            return;
        }
        var data = event.data();
        task.model =
                digestByFolder.getOrDefault(data.get("gen_ai.request.model").stringValue(), "");
        long decode = data.get("night.decode_ms").longValue();
        task.modelMillis += data.get("night.prefill_ms").doubleValue() + decode;
        experience.turn(
                open.size(), decode, data.get("gen_ai.usage.output_tokens").longValue());
    }

    private void end(Event event, Instant time) {
        var task = open.remove(String.valueOf(event.task()));
        freed.addLast(time);
        ended++;
        var data = event.data();
        var reason = data.get("night.finish_reason").stringValue();
        if (task == null || reason.equals("window_closed") || reason.equals("stopped")) {
            return;
        }
        double loop = data.get("night.task_ms").doubleValue();
        double wall = millis(task.since, time);
        double whole = wall < loop || wall > loop + MOST_OVERHEAD_MILLIS ? loop : wall;
        double model = Math.min(task.modelMillis, whole);
        experience.task(
                new Specialist(task.agent, task.version, task.model, machine),
                new PastTask(
                        night,
                        model,
                        whole - model,
                        reason.equals("accepted"),
                        data.get("gen_ai.usage.input_tokens").longValue()
                                - data.get("gen_ai.usage.cache_read.input_tokens")
                                        .longValue(),
                        data.get("gen_ai.usage.output_tokens").longValue(),
                        task.inputBytes,
                        task.beside));
    }

    private void finish(JsonNode data, Instant time) {
        if (forecast != null && forecastAt != null && isWhole) {
            experience.forecast(new PastForecast(
                    forecast, data.get("night.outcome").stringValue(), Math.max(1, millis(forecastAt, time))));
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
