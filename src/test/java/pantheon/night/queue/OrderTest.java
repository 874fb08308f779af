package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.batch.SmallNight;
import pantheon.night.batch.Window;
import pantheon.night.contract.Json;
import pantheon.night.past.History;
import pantheon.night.workspace.Workspace;

final class OrderTest {
    @TempDir
    Path folder;

    private static Task task(String id, String agent, int priority) {
        return new Task(id, agent, Json.object(), priority, List.of());
    }

    private static List<String> ids(List<Task> tasks) {
        return tasks.stream().map(Task::id).toList();
    }

    @Test
    void priority_goes_first_then_agents_stay_together_and_the_longest_of_each_begins() {
        var queue = List.of(
                task("a-short", "a", 0),
                task("b-long", "b", 0),
                task("a-long", "a", 0),
                task("b-urgent", "b", 1),
                task("a-long-too", "a", 0),
                task("b-short", "b", 0),
                task("c-later", "c", -1));
        var lengths = Map.of("a-short", 1L, "a-long", 3L, "a-long-too", 3L, "b-long", 9L, "b-urgent", 1L);
        assertEquals(
                List.of("b-urgent", "a-long", "a-long-too", "a-short", "b-long", "b-short", "c-later"),
                ids(Order.of(queue, History.of(folder), task -> lengths.getOrDefault(task.id(), 0L))));
    }

    @Test
    void what_was_cut_off_goes_before_everything_and_what_ended_is_gone() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.window = new Window(SmallNight.CLOCK, SmallNight.CLOCK.instant(), Duration.ZERO);
        assertEquals(List.of(), night.run(List.of(SmallNight.task(1)), SmallNight.rule()));
        var urgent = new Task("task-2", "writer", SmallNight.task(2).input(), 9, List.of());
        var queue = List.of(SmallNight.task(0), SmallNight.task(1), urgent);
        assertEquals(List.of("task-1", "task-2", "task-0"), ids(Order.of(queue, History.of(night.log()), task -> 0)));
        night.window = new Window(SmallNight.CLOCK, null, Duration.ZERO);
        night.run(List.of(SmallNight.task(1)), SmallNight.rule());
        assertEquals(List.of("task-2", "task-0"), ids(Order.of(queue, History.of(night.log()), task -> 0)));
    }

    @Test
    void a_task_is_as_long_as_its_input_and_the_files_that_it_names() throws IOException {
        SmallNight.layOut(folder, 2);
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            var length = Order.lengths(workspace, workspace.baseCommit());
            var none = new Task("none", "writer", Json.object().put("path", "no-such.txt"), 0, List.of());
            assertEquals(Json.write(none.input()).length(), length.applyAsLong(none));
            var one = SmallNight.task(0);
            assertEquals(Json.write(one.input()).length() + "as it was\n".length(), length.applyAsLong(one));
            var nested = Json.object();
            nested.putObject("in").putArray("paths").add("file-0.txt").add("file-1.txt");
            var both = new Task("both", "writer", nested, 0, List.of());
            assertEquals(Json.write(nested).length() + 2 * "as it was\n".length(), length.applyAsLong(both));
        }
    }
}
