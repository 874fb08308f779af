package pantheon.night.report.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How long the tasks of each agent took in a night, and which took much longer: more than four times the median. */
public final class UsualTimes {
    private static final int TIMES = 4;

    /** Fewer tasks have no usual time, and what is over sooner is not worth a word. */
    private static final int LEAST_TASKS = 5;

    private static final Duration LEAST = Duration.ofMinutes(1);

    private final Map<String, List<Duration>> byAgent = new HashMap<>();

    private UsualTimes() {}

    /** Those of the tasks of a night that have ended; one that was cut off tells nothing. */
    public static UsualTimes of(NightRecord night) {
        var times = new UsualTimes();
        night.ended().stream()
                .filter(task -> !task.carriesOver())
                .forEach(task -> taken(task)
                        .ifPresent(taken -> times.byAgent
                                .computeIfAbsent(task.agent(), any -> new ArrayList<>())
                                .add(taken)));
        times.byAgent.values().forEach(all -> all.sort(null));
        return times;
    }

    /** How long a task took from its beginning to its end; empty while it has none. */
    public static Optional<Duration> taken(TaskRecord task) {
        return Optional.ofNullable(task.ended()).map(end -> Duration.between(task.begun(), end));
    }

    /** What is usual for its agent, where a task takes much longer; empty where it does not, or too few have ended. */
    public Optional<Duration> exceeded(TaskRecord task, Duration taken) {
        var all = Objects.requireNonNullElse(byAgent.get(task.agent()), List.<Duration>of());
        if (all.size() < LEAST_TASKS || taken.compareTo(LEAST) < 0) {
            return Optional.empty();
        }
        var median = all.get(all.size() / 2);
        return taken.compareTo(median.multipliedBy(TIMES)) > 0 ? Optional.of(median) : Optional.empty();
    }
}
