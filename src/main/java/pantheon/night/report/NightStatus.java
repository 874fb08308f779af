package pantheon.night.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import pantheon.night.contract.Json;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.report.record.TurnRecord;
import pantheon.night.report.record.UsualTimes;
import tools.jackson.databind.node.ObjectNode;

/** Where a night stands at an instant, as its journal tells. */
public final class NightStatus {
    /** The estimate looks at so many of the tasks that ended last. */
    private static final int RECENT = 100;

    private final NightRecord night;
    private final boolean running;
    private final Instant now;
    private final UsualTimes usual;

    /** @param running whether a process works on it */
    public NightStatus(NightRecord night, boolean running, Instant now) {
        this.night = night;
        this.running = running;
        this.now = now;
        this.usual = UsualTimes.of(night);
    }

    public int tasks() {
        return night.queueTasks();
    }

    /** How many tasks have ended, for whatever reason. */
    public int done() {
        return (int) night.tasks().stream().filter(task -> task.ended() != null).count();
    }

    public int left() {
        return Math.max(0, tasks() - done());
    }

    /** The tasks that are under way, the longest first. */
    public List<TaskRecord> current() {
        return running
                ? night.running().stream()
                        .sorted(Comparator.comparing(TaskRecord::begun))
                        .toList()
                : List.of();
    }

    /**
     * When the queue would be done if it went on as it did lately; empty where nothing has ended yet since the night
     * was begun or gone on with, or nothing runs.
     */
    public Optional<Instant> end() {
        var ends = night.tasks().stream()
                .map(TaskRecord::ended)
                .filter(Objects::nonNull)
                .filter(time -> !time.isBefore(night.session()))
                .sorted()
                .toList();
        if (!running || ends.isEmpty()) {
            return Optional.empty();
        }
        var recent = ends.subList(Math.max(0, ends.size() - RECENT), ends.size());
        var from = recent.size() == ends.size() ? night.session() : ends.get(ends.size() - recent.size() - 1);
        var each = Duration.between(from, recent.getLast()).dividedBy(recent.size());
        var end = recent.getLast().plus(each.multipliedBy(left()));
        return Optional.of(end.isBefore(now) ? now : end);
    }

    /** Tokens generated per second since the night was begun or gone on with; 0 where no time has passed. */
    public double tokensPerSecond() {
        long since = night.session().toEpochMilli();
        long tokens = night.turns().stream()
                .filter(turn -> turn.endMs() >= since)
                .mapToLong(TurnRecord::outputTokens)
                .sum();
        long ms = (running ? now : night.last()).toEpochMilli() - since;
        return ms <= 0 ? 0 : tokens * 1000.0 / ms;
    }

    /** How long the night has been at work, or was. */
    public Duration elapsed() {
        return running ? night.elapsed(now) : night.elapsed();
    }

    /** Whether a process works on it. */
    public boolean isRunning() {
        return running;
    }

    public NightRecord night() {
        return night;
    }

    public ObjectNode json() {
        var json = Json.object();
        json.put("run", night.run());
        json.put("running", running);
        if (running && night.isPaused()) {
            json.put("paused", true);
        }
        night.until().ifPresent(end -> json.put("until", end.toString()));
        json.put("outcome", night.outcome().code());
        json.put("begun", night.begun().toString());
        json.put("elapsed_ms", elapsed().toMillis());
        Optional.ofNullable(night.shard()).ifPresent(shard -> json.set("shard", shard.json()));
        json.put("tasks", tasks());
        json.put("done", done());
        json.put("accepted", night.accepted().size());
        json.put("not_accepted", night.notAccepted().size());
        json.put("left", left());
        if (night.parked().count() > 0) {
            json.put("parked_tasks", night.parked().count());
        }
        json.put("tokens_per_second", Math.round(tokensPerSecond() * 10) / 10.0);
        json.put("estimated_end", end().map(Instant::toString).orElse(null));
        var current = json.putArray("current");
        current().forEach(task -> current.add(json(task)));
        return json;
    }

    private ObjectNode json(TaskRecord task) {
        var json = Json.object()
                .put("task", task.id())
                .put("agent", task.agent())
                .put("begun", task.begun().toString());
        exceeded(task).ifPresent(median -> json.put("median_ms", median.toMillis()));
        return json;
    }

    /** Its agent's median, where a task that is under way takes much longer already. */
    public Optional<Duration> exceeded(TaskRecord task) {
        return usual.exceeded(task, Duration.between(task.begun(), now));
    }
}
