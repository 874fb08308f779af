package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.engine.Engine;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.past.History;
import pantheon.night.past.PastNight;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Git;

/** What a night makes of one that was interrupted. */
final class ResumeTest {
    private static final List<Task> QUEUE = SmallNight.tasks(3);
    private static final List<String> COMMITTED = List.of("task-0", "task-1", "task-2");

    @TempDir
    private Path folder;

    @Test
    void a_journal_cut_at_every_byte_can_be_gone_on_with_and_nothing_is_done_twice() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.run(QUEUE, SmallNight.rule());
        assertEquals(COMMITTED, night.commits());
        var whole = Files.readAllBytes(night.journal());
        var ends = new ArrayList<Integer>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                ends.add(i + 1);
            }
        }
        var ref = Files.readAllBytes(ref(night));
        for (int length = whole.length - 1; length >= Math.max(0, whole.length - 4096); length--) {
            Files.write(night.journal(), whole);
            cut(night, length);
            int line = length;
            if (ends.contains(length) || length % 64 == 0) { // the whole night again, on the branch as it was left
                Files.write(ref(night), ref);
                night.run(QUEUE, SmallNight.rule());
                assertEquals(COMMITTED, night.commits(), "cut at " + length);
                assertEquals(1, History.journals(night.log()).size());
                assertEquals(List.of(0, 1, 2), ended(night), "cut at " + length);
            } else {
                try (var journal = Journal.resume(night.log(), "20261123-220000", SmallNight.CLOCK)
                        .journal()) {
                    long kept = ends.stream().filter(end -> end <= line).count();
                    assertEquals(
                            kept,
                            JournalReader.readToEnd(journal.file(), entry -> {}).lines());
                }
            }
        }
    }

    /** The tasks that have ended, each once, in the newest journal. */
    private static List<Integer> ended(SmallNight night) {
        var ended = new ArrayList<Integer>();
        assertFalse(JournalReader.read(night.journal(), entry -> {
            if (EventType.of(entry.event()) == EventType.TASK_FINISHED) {
                ended.add(Integer.parseInt(String.valueOf(entry.event().task()).substring("task-".length())));
            }
        }));
        return ended;
    }

    private static Path ref(SmallNight night) {
        return night.folder.resolve("workspace/.git/refs/heads/night/20261123-220000");
    }

    private static void cut(SmallNight night, long length) throws IOException {
        try (var file = FileChannel.open(night.journal(), StandardOpenOption.WRITE)) {
            file.truncate(length);
        }
    }

    /** Cuts the newest journal behind the last event of a type. */
    private static void cutBehind(SmallNight night, EventType type) throws IOException {
        long[] length = new long[2];
        JournalReader.read(night.journal(), entry -> {
            if (EventType.of(entry.event()) == type) {
                length[1] = entry.seq();
            }
        });
        var lines = Files.readAllLines(night.journal());
        for (int i = 0; i < length[1]; i++) {
            length[0] += lines.get(i).getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1;
        }
        cut(night, length[0]);
    }

    private static List<EventType> types(SmallNight night) {
        var types = new ArrayList<EventType>();
        JournalReader.read(night.journal(), entry -> types.add(EventType.of(entry.event())));
        return types;
    }

    @Test
    void a_commit_that_was_announced_and_made_is_recognised() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.run(QUEUE, SmallNight.rule());
        cutBehind(night, EventType.COMMIT_INTENDED);
        assertEquals(List.of(), night.run(QUEUE, SmallNight.rule()), "no task runs again");
        assertEquals(COMMITTED, night.commits());
        assertEquals(
                List.of(
                        EventType.NIGHT_RESUMED,
                        EventType.EGRESS_PROVEN,
                        EventType.COMMIT_MADE,
                        EventType.TASK_FINISHED,
                        EventType.NIGHT_FINISHED),
                types(night).subList(types(night).size() - 5, types(night).size()));
    }

    @Test
    void a_task_under_way_starts_afresh_and_its_first_attempt_s_artifacts_are_kept() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.run(QUEUE.subList(0, 1), SmallNight.rule());
        cutBehind(night, EventType.TOOL_CALLED);
        Files.delete(ref(night));
        assertEquals(List.of("task-0 accepted"), night.run(QUEUE.subList(0, 1), SmallNight.rule()));
        assertEquals(List.of("task-0"), night.commits());
        var artifacts = folder.resolve("artifacts/20261123-220000");
        assertTrue(Files.exists(artifacts.resolve(".interrupted/task-0.1/input.json")));
        assertEquals(
                2,
                Files.readAllLines(artifacts.resolve("task-0/tool_calls.jsonl")).size());
    }

    @Test
    void the_lock_that_a_killed_process_left_on_the_branch_does_not_stop_the_night() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.run(QUEUE, SmallNight.rule());
        cutBehind(night, EventType.TASK_STARTED);
        takeBack();
        Files.createFile(ref(night).resolveSibling("20261123-220000.lock"));
        night.run(QUEUE, SmallNight.rule());
        assertEquals(List.of("task-0", "task-1", "task-2"), night.commits());
    }

    @Test
    void the_night_goes_on_from_its_own_base_commit() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.run(QUEUE, SmallNight.rule());
        cutBehind(night, EventType.TASK_STARTED);
        Files.writeString(folder.resolve("workspace/.git/refs/heads/main"), read(ref(night))); // the user's, moved
        night.run(QUEUE, SmallNight.rule());
        assertEquals(COMMITTED, night.commits());
        assertEquals(1, History.journals(night.log()).size());
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    @Test
    void a_night_that_ended_is_not_gone_on_with() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.run(QUEUE, SmallNight.rule());
        assertTrue(pastNight(night).isEmpty());
        cutBehind(night, EventType.TASK_FINISHED);
        assertEquals("20261123-220000", pastNight(night).orElseThrow().run());
    }

    @Test
    void a_night_that_is_left_for_a_fresh_one_keeps_what_it_committed() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.run(QUEUE.subList(0, 2), SmallNight.rule());
        cutBehind(night, EventType.COMMIT_INTENDED);
        night.fresh = true;
        assertEquals(List.of("task-2 accepted"), night.run(QUEUE, SmallNight.rule()));
        assertEquals(2, History.journals(night.log()).size());
        assertEquals(List.of("task-2"), night.commits());
    }

    @Test
    void what_was_cut_off_goes_first_the_next_night() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        var asked = new int[1];
        var stopping = SmallNight.engine(prompt -> {
            if (++asked[0] == 3) {
                night.window.stop();
            }
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        assertEquals(List.of("task-0 accepted", "task-1 stopped"), night.run(QUEUE, stopping));
        night.window = new Window(SmallNight.CLOCK, null, Duration.ZERO);
        var first = new Task("urgent", "writer", SmallNight.task(0).input(), 100, List.of());
        var queue = new ArrayList<>(List.of(first));
        queue.addAll(QUEUE);
        assertEquals(
                List.of("task-1 accepted", "task-2 accepted", "urgent accepted"), night.run(queue, SmallNight.rule()));
    }

    @Test
    void a_task_that_kills_the_night_again_and_again_is_given_up() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.attempts = 2;
        var deadly = SmallNight.engine(prompt -> {
            throw new IllegalStateException("a bug");
        });
        assertThrows(IllegalStateException.class, () -> night.run(QUEUE.subList(0, 1), deadly));
        assertThrows(IllegalStateException.class, () -> night.run(QUEUE.subList(0, 1), deadly));
        assertEquals(
                List.of("task-0 attempts_spent", "task-1 accepted"), night.run(QUEUE.subList(0, 2), SmallNight.rule()));
        assertEquals(List.of(), night.run(QUEUE.subList(0, 2), SmallNight.rule()));
    }

    @Test
    void a_failure_that_the_program_could_tell_of_takes_no_attempt() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.attempts = 2;
        var dead = SmallNight.engine(prompt -> {
            throw new NightException(ExitCode.UNAVAILABLE, "the engine is gone");
        });
        for (int i = 0; i < 4; i++) {
            assertThrows(NightException.class, () -> night.run(QUEUE, dead));
        }
        assertEquals(
                List.of("task-1 accepted", "task-2 accepted", "task-0 accepted"), night.run(QUEUE, SmallNight.rule()));
    }

    @Test
    void a_task_at_which_the_night_fails_again_while_others_end_is_given_up() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        var fatal = failingAt("file-0.txt");
        assertThrows(NightException.class, () -> night.run(QUEUE, fatal));
        assertEquals(List.of(), night.commits(), "it was the first");
        assertThrows(NightException.class, () -> night.run(QUEUE, fatal));
        assertEquals(List.of("task-1", "task-2"), night.commits(), "it went last, and others ended");
        assertEquals(List.of("task-0 attempts_spent"), night.run(QUEUE, fatal));
        assertTrue(
                Files.readString(night.journal()).contains("all its attempts are spent: 2 × the night failed at it"));
        assertEquals(List.of(), night.run(QUEUE, fatal));
    }

    @Test
    void a_task_at_which_every_night_fails_and_that_is_alone_takes_its_attempts() throws IOException {
        var night = SmallNight.layOut(folder, 1);
        night.attempts = 2;
        var alone = QUEUE.subList(0, 1);
        for (int i = 0; i < 3; i++) { // the first of them is given back
            assertThrows(NightException.class, () -> night.run(alone, failingAt("file-0.txt")));
        }
        assertEquals(List.of("task-0 attempts_spent"), night.run(alone, failingAt("file-0.txt")));
    }

    /** An engine that is gone once it is asked about a file. */
    private static Engine failingAt(String file) {
        return SmallNight.engine(prompt -> {
            if (prompt.contains(file)) {
                throw new NightException(ExitCode.EGRESS, "something is not proven any more");
            }
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
    }

    @Test
    void a_start_that_fails_before_its_first_task_gives_no_attempt_of_a_killed_one_back() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        night.attempts = 1;
        night.run(QUEUE, SmallNight.rule());
        cutBehind(night, EventType.TASK_STARTED); // killed in the middle of task-2
        takeBack();
        checkOut("night/20261123-220000");
        assertThrows(NightException.class, () -> night.run(QUEUE, SmallNight.rule()));
        checkOut("main");
        assertEquals(
                "task-2 attempts_spent", night.run(QUEUE, SmallNight.rule()).getFirst());
        assertTrue(
                Files.readString(night.journal()).contains("all its attempts are spent: 1 × cut off with the process"));
    }

    @Test
    void a_branch_that_is_checked_out_is_told_before_any_task_begins() throws IOException {
        var night = SmallNight.layOut(folder, 3);
        checkOut("night/20261123-220000");
        var refused = assertThrows(NightException.class, () -> night.run(QUEUE, SmallNight.rule()));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        assertTrue(refused.getMessage().contains("night/20261123-220000 is checked out"), refused.getMessage());
        assertFalse(Files.readString(night.journal()).contains("task.started"));
        checkOut("main");
        assertEquals(3, night.run(QUEUE, SmallNight.rule()).size());
    }

    /** The last commit was never made. */
    private void takeBack() {
        var ref = "refs/heads/night/20261123-220000";
        new Git(folder.resolve("workspace")).run("update-ref", ref, ref + "^");
    }

    /** A work tree beside the repository, as {@code git worktree add} makes one, so that HEAD stays where it is. */
    private void checkOut(String branch) throws IOException {
        var tree = Files.createDirectories(folder.resolve("workspace/.git/worktrees/beside"));
        Files.writeString(tree.resolve("HEAD"), "ref: refs/heads/%s\n".formatted(branch));
    }

    private static Optional<PastNight> pastNight(SmallNight night) {
        return History.of(night.log()).newest().filter(PastNight::isToGoOn);
    }
}
