package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.batch.SmallNight;
import pantheon.night.batch.Window;
import pantheon.night.contract.Json;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.History;

final class QueueOutlineTest {
    @TempDir
    private Path folder = Path.of("");

    private static Task task(String id, String agent, int priority) {
        return new Task(id, agent, Json.object(), priority, List.of());
    }

    private static List<String> stretches(List<Task> queue, History history) {
        var outline = new QueueOutline(history, task -> -1);
        queue.forEach(outline::add);
        return outline.stretches().stream()
                .map(stretch -> "%d of %s at %d"
                        .formatted(
                                stretch.tasks(),
                                stretch.first().agent(),
                                stretch.first().priority()))
                .toList();
    }

    @Test
    void tasks_of_one_agent_and_priority_are_one_stretch_in_the_order_of_a_night() {
        var queue =
                List.of(task("1", "a", 0), task("2", "b", 0), task("3", "a", 5), task("4", "a", 0), task("5", "b", 0));
        var history = History.of(folder);
        assertEquals(List.of("1 of a at 5", "2 of a at 0", "2 of b at 0"), stretches(queue, history));
        assertEquals(
                List.of("3", "1", "4", "2", "5"),
                Order.of(queue, history, task -> 0).stream().map(Task::id).toList());
    }

    @Test
    void a_stretch_knows_the_lengths_of_its_tasks_in_the_order_of_a_night() {
        var outline = new QueueOutline(
                History.of(folder), task -> task.input().path("bytes").asLong(-1));
        for (long bytes : new long[] {3, 9, 5}) {
            outline.add(new Task("t" + bytes, "a", Json.object().put("bytes", bytes), 0, List.of()));
        }
        outline.add(task("of no known length", "b", 0));
        assertEquals(
                List.of(List.of(9L, 5L, 3L), List.of()),
                outline.stretches().stream().map(QueueOutline.Stretch::lengths).toList());
    }

    @Test
    void of_a_long_stretch_the_lengths_of_one_task_in_so_many_are_kept() {
        var outline = new QueueOutline(
                History.of(folder), task -> task.input().path("bytes").asLong(-1));
        int many = 5 * QueueOutline.MOST_LENGTHS;
        for (int i = 0; i < many; i++) {
            outline.add(new Task("t" + i, "a", Json.object().put("bytes", i), 0, List.of()));
        }
        var stretch = outline.stretches().getFirst();
        assertEquals(many, stretch.tasks());
        assertEquals(
                LongStream.iterate(0, i -> i < many, i -> i + 8)
                        .boxed()
                        .sorted(Comparator.reverseOrder())
                        .toList(),
                stretch.lengths());
    }

    @Test
    void an_empty_queue_has_no_stretch() {
        assertEquals(List.of(), stretches(List.of(), History.of(folder)));
    }

    @Test
    void what_has_ended_is_left_out_and_what_was_cut_off_comes_first() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        assertEquals(
                List.of("task-0 " + FinishReason.ACCEPTED.code()),
                night.run(List.of(SmallNight.task(0)), SmallNight.rule()));
        night.window = new Window(SmallNight.CLOCK, SmallNight.CLOCK.instant(), Duration.ZERO);
        var queue = new ArrayList<>(SmallNight.tasks(2));
        assertEquals(List.of(), night.run(queue, SmallNight.rule()), "the window is closed");
        queue.add(new Task("first", "writer", Json.object(), 100, List.of()));
        assertEquals(List.of("1 of writer at 0", "1 of writer at 100"), stretches(queue, History.of(night.log())));
    }
}
