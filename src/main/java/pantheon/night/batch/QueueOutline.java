package pantheon.night.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A queue in the order in which a night runs it, as stretches of tasks of one agent: what is needed of a queue that is
 * too long to hold.
 *
 * <p>Tasks of one agent, one priority, and one past run one after the other; one of each kind stands for all of them
 * where {@link Order} is asked.
 */
public final class QueueOutline {
    /**
     * Tasks that run one after the other.
     *
     * @param first one of them
     * @param tasks how many
     */
    public record Stretch(Task first, int tasks) {}

    private record Kind(String agent, int priority, boolean carriedOver) {}

    private static final class Members {
        final Task first;
        int count;

        Members(Task first) {
            this.first = first;
        }
    }

    private final History history;
    private final Map<Kind, Members> kinds = new LinkedHashMap<>();

    public QueueOutline(History history) {
        this.history = history;
    }

    /** Takes the next task of the queue; one that has ended in an earlier night is none of this one. */
    public void add(Task task) {
        if (!history.isDone(task.id())) {
            var kind = new Kind(task.agent(), task.priority(), history.isCarriedOver(task.id()));
            kinds.computeIfAbsent(kind, any -> new Members(task)).count++;
        }
    }

    /** What is left of the queue, in order. */
    public List<Stretch> stretches() {
        var counts = new LinkedHashMap<String, Integer>();
        var first = new ArrayList<Task>();
        kinds.values().forEach(members -> {
            first.add(members.first);
            counts.put(members.first.id(), members.count);
        });
        return Order.of(first, history, task -> 0).stream()
                .map(task -> new Stretch(task, counts.getOrDefault(task.id(), 0)))
                .toList();
    }
}
