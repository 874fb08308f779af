package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.Shard;
import pantheon.night.queue.Split;
import pantheon.night.queue.Task;

/** A queue in shards: a state each, one repository. */
final class ShardedNightsTest {
    private static final int TASKS = 300;
    private static final int SHARDS = 6;
    private static final List<Task> QUEUE = SmallNight.tasks(TASKS);

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void lay_out() throws IOException {
        SmallNight.layOut(folder, TASKS);
    }

    private SmallNight night(int index) throws IOException {
        var home = Files.createDirectories(folder.resolve("shard-" + index));
        var night = SmallNight.in(home);
        night.workspace = folder.resolve("workspace");
        night.shard = new Shard(index, SHARDS);
        return night;
    }

    private static List<Task> share(SmallNight night, int index) {
        var agent = night.agent();
        return new Split(task -> agent, SHARDS).of(QUEUE, new Shard(index, SHARDS));
    }

    @Test
    void do_every_task_once_each_on_a_branch_of_its_own() throws IOException {
        var ran = new ArrayList<String>();
        var committed = new TreeMap<String, String>();
        for (int i = 0; i < SHARDS; i++) {
            var night = night(i);
            var mine = night.run(share(night, i), SmallNight.rule());
            ran.addAll(mine);
            assertEquals(
                    "20261123-220000-s%d.jsonl".formatted(i),
                    night.journal().getFileName().toString());
            night.commits()
                    .forEach(task -> assertEquals(
                            null, committed.put(task, night.journal().toString())));
            assertEquals(List.of(), night.run(share(night, i), SmallNight.rule()), "a second start");
        }
        assertEquals(TASKS, ran.size());
        assertEquals(
                new HashSet<>(IntStream.range(0, TASKS)
                        .mapToObj("task-%d accepted"::formatted)
                        .toList()),
                new HashSet<>(ran));
        assertEquals(TASKS, committed.size());
    }

    @Test
    void tell_their_shard_in_their_first_line() throws IOException {
        var night = night(4);
        night.run(share(night, 4), SmallNight.rule());
        var first = JournalReader.first(night.journal()).orElseThrow().event();
        assertEquals(new Shard(4, SHARDS), ((NightStarted) first).shard());
        var json = Files.readAllLines(night.journal()).getFirst();
        assertTrue(json.contains("\"night.shard\":{\"index\":4,\"of\":6}"), json);
    }
}
