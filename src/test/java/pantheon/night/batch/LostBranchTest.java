package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.journal.Journal;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.git.WriteSteps;

/** A night whose branch somebody else deletes or moves stops there, and claims nothing that is gone. */
final class LostBranchTest {
    private static final int TASKS = 3;

    @TempDir
    private Path folder;

    private SmallNight night;
    private Git git;

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, TASKS);
        git = new Git(folder.resolve("workspace"));
    }

    /** Does something to the branch in place of nobody, each time before it moves a second time. */
    private void beforeTheSecondCommit(WriteSteps.Step step, Consumer<String> deed) {
        int[] moves = {0};
        night.writeSteps = (before, file) -> {
            if (before == step && ++moves[0] == 2) {
                deed.accept("refs/heads/night/" + Journal.run(night.journal()));
            }
        };
    }

    private String run() {
        return Journal.run(night.journal());
    }

    private NightException stopped() {
        var stopped = assertThrows(NightException.class, () -> night.run(SmallNight.tasks(TASKS), SmallNight.rule()));
        assertEquals(ExitCode.DATA, stopped.exitCode());
        assertNull(night.result);
        return stopped;
    }

    private static void says(NightException stopped, String what) {
        assertTrue(stopped.getMessage().contains(what), stopped::getMessage);
    }

    @Test
    void a_branch_that_was_deleted_is_noticed_before_the_next_commit() {
        var first = new String[1];
        beforeTheSecondCommit(WriteSteps.Step.ADD_OBJECTS, ref -> {
            first[0] = git.run("rev-parse", ref).strip();
            git.run("update-ref", "-d", ref);
        });
        says(stopped(), "no longer holds commit %s of this night: it was deleted".formatted(first[0]));

        says(stopped(), "no longer holds commit " + first[0]); // and at each start, until
        git.run("branch", "night/" + run(), first[0]);
        assertEquals(
                List.of("task-2 accepted", "task-1 accepted"), night.run(SmallNight.tasks(TASKS), SmallNight.rule()));
        assertEquals(
                List.of("task-0", "task-2", "task-1"), night.commits(), "the one that the night failed at goes last");
    }

    @Test
    void a_branch_that_was_reset_to_the_base_is_noticed_while_it_is_moved() {
        beforeTheSecondCommit(WriteSteps.Step.MOVE_BRANCH, ref -> git.run("update-ref", ref, "main"));
        var main = git.run("rev-parse", "main").strip();
        says(stopped(), "it is at %s now".formatted(main));
    }

    @Test
    void a_branch_that_was_moved_elsewhere_is_noticed() {
        beforeTheSecondCommit(WriteSteps.Step.ADD_COMMIT, ref -> {
            var tree = git.run("rev-parse", "main^{tree}").strip();
            git.run("update-ref", ref, commitOf(tree));
        });
        says(stopped(), "of this night: it is at ");
    }

    private String commitOf(String tree) {
        return git.run("-c", "user.name=A", "-c", "user.email=a@b", "commit-tree", "-m", "elsewhere", tree)
                .strip();
    }

    @Test
    void a_branch_that_is_gone_when_the_last_task_has_ended_is_noticed_before_the_night_is_done() {
        int[] moves = {0};
        night.writeSteps = (before, file) -> {
            if (before == WriteSteps.Step.CHECK_OUT_FILE && file.endsWith("file-2.txt") && ++moves[0] == 2) {
                git.run("update-ref", "-d", "refs/heads/night/" + run());
            }
        };
        says(stopped(), "it was deleted");
    }

    @Test
    void what_somebody_adds_on_top_loses_nothing() {
        beforeTheSecondCommit(WriteSteps.Step.MOVE_BRANCH, ref -> {
            var tree = git.run("rev-parse", ref + "^{tree}").strip();
            var added = git.run(
                            "-c", "user.name=A", "-c", "user.email=a@b", "commit-tree", "-p", ref, "-m", "more", tree)
                    .strip();
            git.run("update-ref", ref, added);
        });
        night.run(SmallNight.tasks(TASKS), SmallNight.rule());
        assertEquals(List.of("task-0", "task-1", "task-2"), night.commits());
        assertEquals(3, Objects.requireNonNull(night.result).accepted());
    }

    @Test
    void a_plain_collection_of_garbage_beside_a_night_loses_nothing() throws IOException {
        int[] steps = {0};
        night.writeSteps = (before, file) -> {
            if (before == WriteSteps.Step.ADD_COMMIT || before == WriteSteps.Step.MOVE_BRANCH) {
                git.run("gc", "-q"); // with objects that no ref names yet
                steps[0]++;
            }
        };
        night.run(SmallNight.tasks(TASKS), SmallNight.rule());
        assertEquals(2 * TASKS, steps[0], "the control: it ran between the objects of each commit and its branch");
        assertEquals(List.of("task-0", "task-1", "task-2"), night.commits());
        git.run("fsck", "--strict", "--no-dangling");
        var told = Files.readString(Path.of("docs/recovery.md"));
        assertTrue(
                told.contains("`git gc --prune=now` and `git prune` beside a night do"),
                "what loses something is named");
    }

    @Test
    void a_night_that_lost_its_branch_ends_where_it_is_for_a_fresh_one() {
        beforeTheSecondCommit(WriteSteps.Step.ADD_OBJECTS, ref -> git.run("update-ref", "-d", ref));
        stopped();
        night.fresh = true;
        assertEquals(
                List.of("task-2 accepted", "task-1 accepted"), night.run(SmallNight.tasks(TASKS), SmallNight.rule()));
    }

    @Test
    void a_branch_of_a_new_nights_name_is_not_taken_for_its_own() {
        git.run("branch", "night/20261123-220000");
        var refused = assertThrows(NightException.class, () -> night.run(SmallNight.tasks(TASKS), SmallNight.rule()));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        says(refused, "night/20261123-220000 is there before its night has begun");
    }
}
