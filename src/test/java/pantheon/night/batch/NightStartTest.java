package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.disk.Disk;
import pantheon.night.disk.FileTree;
import pantheon.night.engine.Engine;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.queue.Task;
import pantheon.night.workspace.NewWorkspace;
import pantheon.night.workspace.Workspace;

/** What a start comes to, and what it does first. */
final class NightStartTest {
    private static final List<Task> QUEUE = SmallNight.tasks(2);
    private static final String FIRST = "20261123-220000";

    @TempDir
    private Path folder = Path.of("");

    private final List<String> told = new ArrayList<>();
    private int asked;

    @BeforeEach
    void lay_out() throws IOException {
        SmallNight.layOut(folder, 2);
    }

    private StartPlan plan(boolean fresh) {
        return plan(fresh, ZoneId.of("UTC"));
    }

    private StartPlan plan(boolean fresh, ZoneId zone) {
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            var books = new Books(
                    Disk.local(),
                    new LogFolder(folder.resolve("log")),
                    new StateFolder(folder),
                    SmallNight.CLOCK,
                    null);
            return new NightStart(books, workspace, zone, () -> answer(fresh), new Telling(), () -> "", null)
                    .plan(new NightStart.Queue(QUEUE));
        }
    }

    private boolean answer(boolean fresh) {
        asked++;
        return fresh;
    }

    private final class Telling implements StartListener {
        @Override
        public void read(List<String> runs) {
            told.add("read " + runs);
        }

        @Override
        public void abandoned(String run) {
            told.add("abandoned " + run);
        }

        @Override
        public void signed(String run) {
            told.add("signed " + run);
        }

        @Override
        public void cut(String words) {
            told.add("cut");
        }
    }

    /** A night whose engine is lost in the second task. */
    private void fail() {
        var answers = new int[1];
        Engine engine = SmallNight.engine(prompt -> {
            if (++answers[0] == 3) {
                throw new NightException(ExitCode.UNAVAILABLE, "the engine is gone");
            }
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        var night = SmallNight.in(folder);
        assertThrows(NightException.class, () -> night.run(QUEUE, engine));
    }

    private static List<String> ids(StartPlan.Ready plan) {
        return plan.tasks().stream().map(Task::id).toList();
    }

    @Test
    void the_first_night_begins_on_the_users_commit_with_the_whole_queue() {
        var plan = assertInstanceOf(StartPlan.Fresh.class, plan(false));
        assertEquals(FIRST, plan.run());
        assertEquals(List.of("task-0", "task-1"), ids(plan));
        assertEquals(List.of("read []"), told);
        assertTrue(Files.notExists(folder.resolve("log")), "a plan writes nothing");
    }

    @Test
    void a_night_is_named_by_the_time_of_its_zone() {
        var plan = assertInstanceOf(StartPlan.Fresh.class, plan(false, ZoneId.of("Europe/Berlin")));
        assertEquals("20261123-230000", plan.run());
    }

    @Test
    void nothing_is_to_do_once_all_have_ended() {
        SmallNight.in(folder).run(QUEUE, SmallNight.rule());
        assertEquals(new StartPlan.NothingToDo(List.of(), Map.of()), plan(false));
        assertEquals(0, asked, "there is no night that could go on");
    }

    @Test
    void a_night_that_failed_goes_on_with_what_is_left() {
        fail();
        var plan = assertInstanceOf(StartPlan.Resume.class, plan(false));
        assertEquals(FIRST, plan.run());
        assertEquals(plan.night().baseCommit().orElseThrow(), plan.baseCommit());
        assertEquals(List.of("task-1"), ids(plan));
        assertEquals(List.of("read [%s]".formatted(FIRST)), told);
    }

    @Test
    void a_night_that_is_left_ends_first_and_the_journals_are_read_again() {
        fail();
        var plan = assertInstanceOf(StartPlan.Fresh.class, plan(true));
        assertEquals("20261123-220001", plan.run());
        assertEquals(List.of("task-1"), ids(plan));
        var read = "read [%s]".formatted(FIRST);
        assertEquals(List.of(read, "abandoned " + FIRST, read), told);
        assertEquals(1, asked);
    }

    @Test
    void half_a_line_is_told_of_when_it_is_cut_off() throws IOException {
        fail();
        var journal = new LogFolder(folder.resolve("log")).journal(FIRST);
        Files.writeString(journal, Files.readString(journal) + "{\"half\":");
        plan(true);
        assertTrue(told.contains("cut"), told.toString());
    }

    @Test
    void a_night_whose_commit_is_gone_is_refused_and_a_fresh_one_is_not() throws IOException {
        fail();
        var workspace = folder.resolve("workspace");
        FileTree.remove(workspace);
        Files.createDirectories(workspace);
        Files.writeString(workspace.resolve("file-0.txt"), "another history\n");
        NewWorkspace.create(workspace, SmallNight.AUTHOR, "Begun anew");

        var refused = assertInstanceOf(StartPlan.Refused.class, plan(false));
        assertEquals(ExitCode.DATA, refused.failure().exitCode());
        var message = Objects.requireNonNull(refused.failure().getMessage());
        assertTrue(message.contains("the workspace no longer has commit"), message);
        assertTrue(message.contains("--fresh"), message);
        assertInstanceOf(StartPlan.Fresh.class, plan(true));
    }
}
