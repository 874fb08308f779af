package pantheon.night.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import pantheon.night.past.History;
import pantheon.night.past.History.Standing;

/**
 * The tasks of a queue that build on the work of others ({@code after}).
 *
 * <p>All tasks of a night begin on one commit, so a task sees the work of another one only in a night whose commit has it:
 * once people have merged it. One that was accepted and changed nothing has none to wait for. A task that was queued again
 * stands for what it was before.
 */
public final class Dependencies {
    private final List<Task> dependents;
    private final Predicate<String> queued;
    /** The way around of tasks that wait for themselves, by the id where it begins. */
    private final Map<String, String> circles;

    /**
     * @param dependents the tasks of a whole queue that name others
     * @param queued whether the queue has a task of an id
     */
    public Dependencies(List<Task> dependents, Predicate<String> queued) {
        this.dependents = List.copyOf(dependents);
        this.queued = queued;
        this.circles = circles(this.dependents);
    }

    /** Those of a whole queue. */
    public static Dependencies of(List<Task> queue) {
        var dependents = queue.stream().filter(Task::isDependent).toList();
        var ids = dependents.isEmpty() ? Set.of() : queue.stream().map(Task::id).collect(Collectors.toSet());
        return new Dependencies(dependents, ids::contains);
    }

    /** What is wrong with tasks that name others: one that neither the queue nor a night knows, or a way around. */
    public Map<Task, String> problems(History history) {
        var problems = new LinkedHashMap<Task, String>();
        for (var task : dependents) {
            task.after().stream()
                    .filter(id -> !isKnown(id, history))
                    .findFirst()
                    .map(
                            "after names task %s, which is neither in the queue nor in any night; correct the id, or leave it out"
                                    ::formatted)
                    .or(() -> Optional.ofNullable(circles.get(task.id())))
                    .ifPresent(problem -> problems.put(task, problem));
        }
        return problems;
    }

    private boolean isKnown(String id, History history) {
        return queued.test(id) || history.standing(id).isPresent();
    }

    /**
     * The tasks that cannot begin yet, by their ids, and what each waits for, in words.
     *
     * @param merged which of some tasks have their work in the commit on which the night begins
     * @param tonight whether a task ended in this very night, which goes on as it began
     */
    public Map<String, String> parked(
            History history, Function<Set<String>, Set<String>> merged, Predicate<String> tonight) {
        var left =
                dependents.stream().filter(task -> !history.isDone(task.id())).toList();
        var tries = new HashMap<String, List<String>>();
        left.forEach(task -> task.after()
                .forEach(id -> tries.computeIfAbsent(id, any -> AgainId.all(id, again -> isKnown(again, history)))));
        var there = merged(tries, merged);
        var parked = new LinkedHashMap<String, String>();
        for (var task : left) {
            task.after().stream()
                    .map(tries::get)
                    .filter(ids ->
                            ids.stream().noneMatch(id -> there.contains(id) || isUnchanged(id, history, tonight)))
                    .findFirst()
                    .ifPresent(ids -> parked.put(task.id(), why(task, ids.getLast(), history)));
        }
        return parked;
    }

    private static Set<String> merged(Map<String, List<String>> tries, Function<Set<String>, Set<String>> merged) {
        var all = tries.values().stream().flatMap(List::stream).collect(Collectors.toSet());
        return all.isEmpty() ? all : merged.apply(all);
    }

    private static boolean isUnchanged(String id, History history, Predicate<String> tonight) {
        return history.standing(id).filter(Standing.UNCHANGED::equals).isPresent() && !tonight.test(id);
    }

    private String why(Task task, String id, History history) {
        var circle = circles.get(task.id());
        if (circle != null) {
            return circle;
        }
        var standing = history.standing(id);
        if (standing.isEmpty() && !queued.test(id)) {
            return "after names task %s, which nobody knows".formatted(id);
        }
        return "it waits for task %s, %s"
                .formatted(
                        id,
                        switch (standing.orElse(Standing.OPEN)) {
                            case OPEN, UNCHANGED -> "which has not ended";
                            case COMMITTED -> "which was accepted and is not merged yet";
                            case NOT_ACCEPTED -> "which was not accepted; requeue it, or take it out of after";
                            case PRUNED -> "which ended in a night that was pruned; take it out of after";
                        });
    }

    /** Ways around, one at least wherever there are some. */
    private static Map<String, String> circles(List<Task> dependents) {
        var next = endless(dependents);
        var circles = new HashMap<String, String>();
        var seen = new HashSet<String>();
        for (var start : next.keySet()) {
            var way = new ArrayList<String>();
            var id = start;
            while (seen.add(id)) {
                way.add(id);
                id = next.getOrDefault(id, id);
            }
            if (way.contains(id)) {
                around(way, id, circles);
            }
        }
        return circles;
    }

    /** The tasks from which a way leads on without end, and for each the next one on such a way. */
    private static Map<String, String> endless(List<Task> dependents) {
        var open = new LinkedHashMap<String, Set<String>>();
        dependents.forEach(task -> open.put(task.id(), new LinkedHashSet<>(task.after())));
        var users = new HashMap<String, List<String>>();
        dependents.forEach(task -> task.after()
                .forEach(id ->
                        users.computeIfAbsent(id, any -> new ArrayList<>()).add(task.id())));
        var ends = new ArrayDeque<>(
                users.keySet().stream().filter(id -> !open.containsKey(id)).toList());
        while (!ends.isEmpty()) {
            var end = ends.remove();
            for (var user : users.getOrDefault(end, List.of())) {
                var after = open.get(user);
                if (after != null && after.remove(end) && after.isEmpty()) {
                    open.remove(user);
                    ends.add(user);
                }
            }
        }
        var next = new LinkedHashMap<String, String>();
        open.forEach((id, after) -> next.put(id, after.iterator().next()));
        return next;
    }

    private static void around(List<String> way, String first, Map<String, String> circles) {
        var circle = way.subList(way.indexOf(first), way.size());
        var words = "it waits for itself: %s -> %s".formatted(String.join(" -> ", circle), first);
        circle.forEach(id -> circles.put(id, words));
    }
}
