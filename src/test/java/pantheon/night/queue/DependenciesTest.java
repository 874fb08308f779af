package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.past.History;

/** What is wrong with the tasks that lines build on, and what waits for what. */
final class DependenciesTest {
    @TempDir
    private Path folder = Path.of("");

    private static Task task(String id, String... after) {
        return new Task(id, "writer", Json.object(), 0, List.of(), null, null, List.of(after));
    }

    private Map<String, String> problems(Task... queue) {
        var problems = new TreeMap<String, String>();
        Dependencies.of(List.of(queue))
                .problems(History.of(folder))
                .forEach((task, problem) -> problems.put(task.id(), problem));
        return problems;
    }

    private Map<String, String> parked(Set<String> merged, List<Task> queue) {
        return Dependencies.of(queue).parked(History.of(folder), ids -> merged, id -> false);
    }

    @Test
    void tasks_that_lead_somewhere_are_right() {
        assertEquals(Map.of(), problems(task("a"), task("b", "a"), task("c", "a", "b"), task("d", "c")));
    }

    @Test
    void a_task_that_nobody_knows_is_a_problem_of_the_line_that_names_it() {
        assertEquals(
                Map.of(
                        "b",
                        "after names task x, which is neither in the queue nor in any night; correct the id, or leave it out"),
                problems(task("a"), task("b", "a", "x"), task("c", "b")));
    }

    @Test
    void a_task_that_waits_for_itself_is_a_problem_and_one_behind_it_is_none() {
        assertEquals(
                Map.of("a", "it waits for itself: a -> a"), problems(task("a", "a"), task("b", "a"), task("c", "b")));
        var circle = "it waits for itself: b -> d -> c -> b";
        assertEquals(
                Map.of("b", circle, "c", circle, "d", circle),
                problems(task("a", "b"), task("b", "e", "d"), task("c", "b"), task("d", "c"), task("e")));
    }

    @Test
    void two_circles_are_both_told() {
        assertEquals(
                Set.of("a", "b", "c", "d"),
                problems(task("a", "b"), task("b", "a"), task("c", "d", "a"), task("d", "c"))
                        .keySet());
    }

    @Test
    void a_long_chain_is_judged_link_by_link() {
        var queue = new ArrayList<>(List.of(task("0")));
        IntStream.range(1, 20_000).forEach(i -> queue.add(task("" + i, "" + (i - 1))));
        assertEquals(Map.of(), Dependencies.of(queue).problems(History.of(folder)));
        assertEquals(19_998, parked(Set.of("0"), queue).size());
        queue.set(0, task("0", "19999"));
        assertEquals(20_000, Dependencies.of(queue).problems(History.of(folder)).size());
    }

    @Test
    void all_that_a_task_names_must_be_there() {
        var queue = List.of(task("a"), task("b"), task("c", "a", "b"));
        assertEquals(Set.of("c"), parked(Set.of(), queue).keySet());
        assertEquals(Map.of("c", "it waits for task b, which has not ended"), parked(Set.of("a"), queue));
        assertEquals(Map.of(), parked(Set.of("a", "b"), queue));
    }
}
