package pantheon.night.queue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import pantheon.night.past.History;

/**
 * A queue in the order in which a night runs it, as stretches of tasks of one agent: what is needed of a queue that is
 * too long to hold.
 *
 * <p>Tasks of one agent, one priority, and one past run one after the other, the longest first; one of each kind stands
 * for all of them where {@link Order} is asked.
 */
public final class QueueOutline {
    /** Of so many tasks of a kind the lengths are kept; of more, those of one in two, in four, and so on. */
    static final int MOST_LENGTHS = 2048;

    /**
     * Tasks that run one after the other.
     *
     * @param first one of them
     * @param tasks how many
     * @param lengths of them, or of one in so many, in the order of the night; none where nobody knows them
     */
    public record Stretch(Task first, int tasks, List<Long> lengths) {
        public Stretch {
            lengths = List.copyOf(lengths);
        }
    }

    /** What tasks that run one after the other have in common. */
    record Kind(String agent, int priority, boolean carriedOver) {
        static Kind of(Task task, History history) {
            return new Kind(task.agent(), task.priority(), history.isCarriedOver(task.id()));
        }
    }

    private static final class Members {
        final Task first;
        private final List<Long> lengths = new ArrayList<>();
        private int every = 1;
        private int count;

        Members(Task first) {
            this.first = first;
        }

        void add(LongSupplier length) {
            if (count++ % every == 0) {
                lengths.add(length.getAsLong());
            }
            if (lengths.size() > MOST_LENGTHS) {
                for (int i = 1; i < lengths.size(); i++) {
                    lengths.remove(i);
                }
                every *= 2;
            }
        }

        Stretch stretch() {
            return new Stretch(
                    first,
                    count,
                    lengths.stream()
                            .filter(length -> length >= 0)
                            .sorted(Comparator.reverseOrder())
                            .toList());
        }
    }

    private final History history;
    private final ToLongFunction<Task> length;
    private final Map<Kind, Members> kinds = new LinkedHashMap<>();

    /** @param length how long a task is, as {@link Order} has it; negative where nobody knows or needs it */
    public QueueOutline(History history, ToLongFunction<Task> length) {
        this.history = history;
        this.length = length;
    }

    /** Takes the next task of the queue; one that has ended in an earlier night is none of this one. */
    public void add(Task task) {
        if (!history.isDone(task.id())) {
            add(task, () -> length.applyAsLong(task));
        }
    }

    /** Takes a task of the same kind as another one, which has not ended. */
    void add(Task alike, LongSupplier itsLength) {
        kinds.computeIfAbsent(Kind.of(alike, history), any -> new Members(alike))
                .add(itsLength);
    }

    /** What is left of the queue, in order. */
    public List<Stretch> stretches() {
        var stretches = new LinkedHashMap<Task, Stretch>();
        kinds.values().forEach(members -> stretches.put(members.first, members.stretch()));
        return Order.of(List.copyOf(stretches.keySet()), history, task -> 0).stream()
                .flatMap(first -> Stream.ofNullable(stretches.get(first)))
                .toList();
    }
}
