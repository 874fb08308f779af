package pantheon.night.queue;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import pantheon.night.contract.Json;
import pantheon.night.past.History;
import pantheon.night.workspace.Workspace;
import tools.jackson.databind.JsonNode;

/**
 * The order in which a night takes its tasks, the one place that says so: last what a night failed at, so that others
 * tell whose fault that was; first what was cut off, then by priority,
 * then the tasks of one agent together, so that its prompt stays in the cache, and the longest of those first, so that
 * what is left for the end of the window is short. What is still equal stays in the queue's order.
 */
public final class Order {
    private Order() {}

    /**
     * What is left of a queue, in its order.
     *
     * @param length how long a task is, beside others of its agent
     */
    public static List<Task> of(List<Task> queue, History history, ToLongFunction<Task> length) {
        record Placed(Task task, int agent, long length) {}
        var agents = queue.stream().map(Task::agent).distinct().toList();
        return queue.stream()
                .filter(task -> !history.isDone(task.id()))
                .map(task -> new Placed(task, agents.indexOf(task.agent()), length.applyAsLong(task)))
                .sorted(Comparator.comparingInt((Placed placed) ->
                                history.attempts(placed.task().id()).failedNights())
                        .thenComparing((Placed placed) ->
                                !history.isCarriedOver(placed.task().id()))
                        .thenComparing(Comparator.comparingInt(
                                        (Placed placed) -> placed.task().priority())
                                .reversed())
                        .thenComparingInt(Placed::agent)
                        .thenComparing(Comparator.comparingLong(Placed::length).reversed()))
                .map(Placed::task)
                .toList();
    }

    /** How long tasks are: the bytes of a task's input and of the files of a commit that the input's strings name. */
    public static ToLongFunction<Task> lengths(Workspace workspace, String commit) {
        return task -> Json.write(task.input()).length() + files(task.input(), workspace, commit);
    }

    private static long files(JsonNode input, Workspace workspace, String commit) {
        return input.isString()
                ? workspace.sizeBytes(commit, input.stringValue())
                : input.valueStream()
                        .mapToLong(value -> files(value, workspace, commit))
                        .sum();
    }
}
