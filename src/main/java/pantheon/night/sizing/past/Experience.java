package pantheon.night.sizing.past;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.JournalReader;

/** What earlier nights tell: how each task went, how fast the model was, and how their forecasts did. */
public final class Experience {
    /** Of one specialist no more tasks are kept; the oldest go first. */
    public static final int MOST_RECORDS = 4096;

    private final Map<Specialist, Deque<PastTask>> records = new LinkedHashMap<>();
    private final SlowDown.Seen slowDown = new SlowDown.Seen();
    private final List<PastForecast> forecasts = new ArrayList<>();
    private final List<Double> startUps = new ArrayList<>();
    private @Nullable NightFold current;
    private String run = "";
    private int nights;

    /** Folds journals, oldest first. */
    public static Experience of(List<Path> journals) {
        var experience = new Experience();
        journals.forEach(file -> JournalReader.read(file, entry -> experience.take(file.toString(), entry)));
        return experience;
    }

    /** Takes the next line of a journal; the journals come one after the other, oldest first. */
    public void take(String journal, JournalReader.Entry entry) {
        if (current == null || !journal.equals(run)) {
            run = journal;
            current = new NightFold(nights++, this);
        }
        current.take(entry);
    }

    void task(Specialist specialist, PastTask task) {
        var kept = records.computeIfAbsent(specialist, any -> new ArrayDeque<>());
        kept.addLast(task);
        if (kept.size() > MOST_RECORDS) {
            kept.removeFirst();
        }
    }

    void turn(int open, long decodeMillis, long tokens) {
        slowDown.add(open, decodeMillis, tokens);
    }

    void startUp(double millis) {
        startUps.add(millis);
    }

    void forecast(PastForecast forecast) {
        forecasts.add(forecast);
    }

    /** How many nights were folded. */
    public int nights() {
        return nights;
    }

    /** The mean time from a night's first line to its first task, the last ten nights alike; 0 where none is known. */
    public double startUpMillis() {
        return startUps.reversed().stream()
                .limit(10)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /** The slow-down that the nights' own turns show. */
    public SlowDown.Seen slowDown() {
        return slowDown;
    }

    /** How the forecasts did that earlier nights made. */
    public TrackRecord trackRecord() {
        return TrackRecord.of(forecasts);
    }

    /**
     * The rates of a specialist: its own, or else those of the nearest that was seen, with less weight.
     *
     * @return null where no night has run the agent
     */
    public @Nullable Rates rates(Specialist wanted) {
        for (var basis : Basis.values()) {
            var found = collect((seen, records) -> basis.takes(wanted, seen));
            if (!found.isEmpty()) {
                return Rates.seen(found, nights, basis);
            }
        }
        return null;
    }

    /** How long the tasks of an agent in a version kept their slots busy, oldest first; on any machine, any model. */
    public List<Duration> times(String agent, String version) {
        return collect((seen, records) ->
                        seen.agent().equals(agent) && seen.version().equals(version))
                .stream()
                .sorted(Comparator.comparingInt(PastTask::night))
                .map(task -> Duration.ofNanos(Math.round(1e6 * (task.modelMillis() + task.otherMillis()))))
                .toList();
    }

    private List<PastTask> collect(BiPredicate<Specialist, Deque<PastTask>> wanted) {
        return records.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey(), entry.getValue()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }
}
