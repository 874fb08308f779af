package pantheon.night.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.contract.Json;
import pantheon.night.journal.Shard;
import pantheon.night.past.History;

/** Outlines of shards. */
final class SplitOutlineTest {
    @TempDir
    private Path log = Path.of("");

    private static Task task(int number) {
        var input = Json.object().put("path", "docs/page-%d.md".formatted(number));
        return new Task("task-" + number, number % 3 == 0 ? "reader" : "writer", input, number % 2, List.of());
    }

    @Test
    void are_those_of_the_shards_own_queues_however_many_there_are() {
        var history = History.of(log);
        var queue = IntStream.range(0, 300).mapToObj(SplitOutlineTest::task).toList();
        var whole = new SplitOutline(
                history,
                new Split(task -> SplitTest.AGENT, 1),
                task -> task.id().length());
        queue.forEach(whole::add);
        var ended = whole.end();
        for (int shards : List.of(1, 2, 6, 50)) {
            var outlines = ended.of(shards);
            assertEquals(shards, outlines.size());
            for (int i = 0; i < shards; i++) {
                var own = new QueueOutline(history, task -> task.id().length());
                new Split(task -> SplitTest.AGENT, shards)
                        .of(queue, new Shard(i, shards))
                        .forEach(own::add);
                assertEquals(told(own.stretches()), told(outlines.get(i)));
            }
        }
    }

    private static List<String> told(List<QueueOutline.Stretch> stretches) {
        return stretches.stream()
                .map(stretch -> "%s, priority %d: %d tasks of %s"
                        .formatted(
                                stretch.first().agent(),
                                stretch.first().priority(),
                                stretch.tasks(),
                                stretch.lengths()))
                .sorted() // agents that are alike stand in the order of the whole queue
                .toList();
    }
}
