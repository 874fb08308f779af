package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.TasksParked;
import pantheon.night.queue.Task;
import pantheon.night.report.record.NightRecord;
import pantheon.night.workspace.Git;

/** Tasks that build on the work of others. */
final class DependentNightTest {
    private static final Engine DECLINING =
            SmallNight.engine(prompt -> SmallNight.call("final", "{\"status\": \"fail\"}"));
    private static final Engine IDLE = SmallNight.engine(prompt -> SmallNight.call("final", "{\"status\": \"done\"}"));

    @TempDir
    private Path folder = Path.of("");

    private SmallNight night = SmallNight.in(Path.of(""));
    private Git git = new Git(Path.of(""));

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 4);
        git = new Git(folder.resolve("workspace"));
        git.run("config", "user.name", "Ada");
        git.run("config", "user.email", "ada@example.org");
        git.run("reset", "-q", "--hard");
    }

    private static Task task(String id, int file, String... after) {
        var task = SmallNight.task(file);
        return new Task(id, task.agent(), task.input(), 0, List.of(), null, null, List.of(after));
    }

    private void merge() {
        git.run("merge", "-q", "night/" + Journal.run(night.journal()));
    }

    /** What the newest night told of tasks that wait. */
    private List<String> parked() {
        var told = new ArrayList<String>();
        JournalReader.read(night.journal(), entry -> {
            if (entry.event() instanceof TasksParked parked) {
                told.addAll(parked.tasks());
            }
        });
        return told;
    }

    @Test
    void a_task_waits_until_what_it_builds_on_is_merged() {
        var queue = List.of(task("b", 1, "a"), task("a", 0));
        assertEquals(List.of("a accepted"), night.run(queue, SmallNight.rule()));
        assertEquals(List.of("b: it waits for task a, which has not ended"), parked());
        assertEquals(List.of(), night.run(queue, SmallNight.rule()), "its work is on the night's branch alone");
        var more = Stream.concat(queue.stream(), Stream.of(task("c", 2))).toList();
        assertEquals(List.of("c accepted"), night.run(more, SmallNight.rule()));
        assertEquals(List.of("b: it waits for task a, which was accepted and is not merged yet"), parked());
        git.run("merge", "-q", "night/20261123-220000");
        assertEquals(List.of("b accepted"), night.run(more, SmallNight.rule()));
        assertEquals(List.of(), parked());
    }

    @Test
    void work_that_was_carried_over_to_another_commit_is_known() {
        var queue = List.of(task("a", 0), task("b", 1, "a"));
        night.run(queue, SmallNight.rule());
        git.write("beside.txt", "x").commitAll("Somebody's own");
        git.run("cherry-pick", "night/" + Journal.run(night.journal()));
        assertEquals(List.of("b accepted"), night.run(queue, SmallNight.rule()));
    }

    @Test
    void what_was_not_accepted_is_waited_for_until_it_was_done_again() {
        var queue = new ArrayList<>(List.of(task("a", 0), task("b", 1, "a"), task("c", 2)));
        assertEquals(List.of("a declined", "c declined"), night.run(queue, DECLINING));
        queue.add(task("d", 3));
        assertEquals(List.of("d accepted"), night.run(queue, SmallNight.rule()));
        assertEquals(
                List.of("b: it waits for task a, which was not accepted; requeue it, or take it out of after"),
                parked());
        queue.add(task("a-again-2", 0));
        assertEquals(List.of("a-again-2 accepted"), night.run(queue, SmallNight.rule()));
        assertEquals(List.of("b: it waits for task a-again-2, which has not ended"), parked());
        merge();
        assertEquals(List.of("b accepted"), night.run(queue, SmallNight.rule()));
    }

    @Test
    void what_had_nothing_to_change_has_nothing_to_merge() {
        var queue = List.of(task("a", 0), task("b", 1, "a"));
        assertEquals(List.of("a accepted"), night.run(queue, IDLE));
        assertEquals(List.of("b accepted"), night.run(queue, SmallNight.rule()));
    }

    @Test
    void a_night_that_goes_on_begins_no_task_that_it_began_without() {
        var answers = new AtomicInteger();
        var lost = SmallNight.engine(prompt -> {
            if (answers.incrementAndGet() > 1) {
                throw new NightException(ExitCode.UNAVAILABLE, "the engine is gone");
            }
            return SmallNight.call("final", "{\"status\": \"done\"}");
        });
        var queue = List.of(task("a", 0), task("b", 1, "a"), task("c", 2));
        assertThrows(NightException.class, () -> night.run(queue, lost));
        assertEquals(List.of("c accepted"), night.run(queue, SmallNight.rule()));
        assertEquals(
                List.of("b: it waits for task a, which has not ended"),
                NightRecord.of(night.journal()).parked().first());
        assertEquals(2, parked().size(), "each start tells of it");
        assertEquals(List.of("b accepted"), night.run(queue, SmallNight.rule()));
    }

    @Test
    void tasks_that_wait_for_one_another_keep_nobody_else_from_being_done() {
        var queue = List.of(task("a", 0, "b"), task("b", 1, "a"), task("c", 2), task("d", 3, "nobody"));
        assertEquals(List.of("c accepted"), night.run(queue, SmallNight.rule()));
        assertEquals(
                List.of(
                        "a: it waits for itself: a -> b -> a",
                        "b: it waits for itself: a -> b -> a",
                        "d: after names task nobody, which nobody knows"),
                parked());
    }

    @Test
    void of_many_that_wait_the_first_are_told_and_the_report_counts_all() {
        var queue = new ArrayList<>(List.of(task("a", 0)));
        IntStream.range(0, 130).forEach(i -> queue.add(task("b" + i, 1, "a")));
        night.run(queue, SmallNight.rule());
        assertEquals(100, parked().size());
        var record = NightRecord.of(night.journal());
        assertEquals(130, record.parked().count());
        assertEquals(parked(), record.parked().first());
    }

    @Test
    void a_chain_takes_a_night_for_each_link() {
        var queue = List.of(task("a", 0), task("b", 0, "a"), task("c", 1, "a", "b"));
        for (var next : List.of("a accepted", "b accepted", "c accepted")) {
            var engine = next.startsWith("b") ? IDLE : SmallNight.rule();
            assertEquals(List.of(next), night.run(queue, engine));
            if (next.startsWith("a")) {
                merge();
            }
        }
    }
}
