package pantheon.night.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.Machine;
import pantheon.night.journal.NightEvent.LinesRefused;
import pantheon.night.journal.NightEvent.TasksParked;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a night's journal tells before the first task: where it runs, how it was expected to go, and what it does without.
 *
 * @param machine where it runs
 * @param forecast what was forecast of it, null where nothing was
 * @param refused what is wrong with lines of the queue that it does without
 */
public record Expectation(Machine machine, @Nullable ObjectNode forecast, List<String> refused) {
    private static final int MOST_LINES = 100;
    private static final int MOST_CHARS = 500;

    public Expectation {
        refused = List.copyOf(refused);
    }

    /** Of a night that does all of its queue. */
    public Expectation(Machine machine, @Nullable ObjectNode forecast) {
        this(machine, forecast, List.of());
    }

    /** What the journal tells of those lines, shortened; empty where there is none. */
    Optional<LinesRefused> linesRefused() {
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of(new LinesRefused(shortened(refused), untold(refused.size())));
    }

    /**
     * What the journal tells of tasks that wait for others, shortened; empty where there is none.
     *
     * @param parked what each waits for, by its id
     */
    static Optional<TasksParked> tasksParked(Map<String, String> parked) {
        var lines = parked.entrySet().stream()
                .limit(MOST_LINES)
                .map(task -> task.getKey() + ": " + task.getValue())
                .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new TasksParked(shortened(lines), untold(parked.size())));
    }

    private static List<String> shortened(List<String> lines) {
        return lines.stream()
                .limit(MOST_LINES)
                .map(line -> line.length() > MOST_CHARS ? line.substring(0, MOST_CHARS) + "…" : line)
                .toList();
    }

    private static @Nullable Integer untold(int lines) {
        return lines > MOST_LINES ? lines - MOST_LINES : null;
    }
}
