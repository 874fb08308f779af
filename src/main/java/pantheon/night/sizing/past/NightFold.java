package pantheon.night.sizing.past;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.Machine;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
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
        switch (entry.event()) {
            case NightStarted night -> {
                started = entry.time();
                machine = Objects.requireNonNullElse(night.machine(), Machine.UNKNOWN);
                models(night);
            }
            case NightResumed night -> {
                models(night);
                open.clear();
                freed.clear();
                isWhole = false;
            }
            case ForecastMade made -> {
                forecast = made.forecast();
                forecastAt = entry.time();
            }
            case TaskStarted task -> begin(task, entry.time());
            case GenerationReceived turn -> turn(turn);
            case TaskFinished task -> end(task.task(), task.ending(), entry.time());
            case NightFinished night -> finish(night.outcome(), entry.time());
            default -> {}
        }
    }

    private void models(Session session) {
        session.models().forEach(model -> digestByFolder.put(model.turnsName(), model.digest()));
    }

    private void begin(TaskStarted task, Instant time) {
        var free = freed.pollLast();
        if (free == null && ended == 0 && open.isEmpty() && started != null) {
            experience.startUp(Math.max(0, millis(started, time)));
        }
        var length = task.inputBytes();
        open.put(
                task.task(),
                new Open(
                        task.agent(),
                        task.agentVersion(),
                        free == null ? time : free,
                        open.size() + 1,
                        length == null ? -1 : length));
    }

    private void turn(GenerationReceived turn) {
        var task = open.get(turn.task());
        if (task != null) {
            task.model = digestByFolder.getOrDefault(turn.model(), "");
            task.modelMillis += (double) turn.prefillMillis() + turn.decodeMillis();
            experience.turn(open.size(), turn.decodeMillis(), turn.tokens().output());
        }
    }

    private void end(String id, TaskEnding ending, Instant time) {
        var task = open.remove(id);
        freed.addLast(time);
        ended++;
        if (task != null && !ending.reason().isNoneOfItsOwn()) { // one in conflict did all its work, and tells its time
            experience.task(new Specialist(task.agent, task.version, task.model, machine), record(task, ending, time));
        }
    }

    private PastTask record(Open task, TaskEnding ending, Instant time) {
        double loop = ending.millis();
        double wall = millis(task.since, time);
        double whole = wall < loop || wall > loop + MOST_OVERHEAD_MILLIS ? loop : wall;
        double model = Math.min(task.modelMillis, whole);
        return new PastTask(
                night,
                model,
                whole - model,
                ending.reason() == FinishReason.ACCEPTED,
                ending.tokens().prefilled(),
                ending.tokens().output(),
                task.inputBytes,
                task.beside);
    }

    private void finish(NightOutcome outcome, Instant time) {
        if (forecast != null && forecastAt != null && isWhole) {
            experience.forecast(new PastForecast(forecast, outcome, Math.max(1, millis(forecastAt, time))));
        }
    }

    private static double millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
