package pantheon.night.past;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.SetClock;
import pantheon.night.batch.SmallNight;
import pantheon.night.disk.FileTree;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.StateFolder;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.Verification;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;

/** Old nights go, and nothing that they did is done again. */
final class RetentionTest {
    @TempDir
    private Path folder;

    private final List<String> warnings = new ArrayList<>();
    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void lay_out() throws IOException {
        night = SmallNight.layOut(folder, 5);
        night.signingKey = SigningKey.generate();
    }

    private void nights(int count) {
        for (int i = 0; i < count; i++) {
            assertEquals(
                    List.of("task-%d accepted".formatted(i)),
                    night.run(List.of(SmallNight.task(i)), SmallNight.rule()));
        }
    }

    private Retention retention() {
        return new Retention(new LogFolder(night.log()), new StateFolder(folder), SmallNight.CLOCK, warnings::add);
    }

    private Optional<Retention.BrokenNight> broken(Path journal) {
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            return retention().broken(journal, workspace);
        }
    }

    private static List<String> runs(List<Retention.KeptNight> nights) {
        return nights.stream().map(Retention.KeptNight::run).toList();
    }

    private List<String> left() {
        return History.journals(night.log()).stream().map(Journal::run).toList();
    }

    private Verification.Result verify(String run, Set<String> prunedHashes) {
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            return new Verification(run, new Verification.Expected(List.of(), Map.of(), prunedHashes))
                    .all(
                            night.log().resolve(run + ".jsonl"),
                            folder.resolve("artifacts").resolve(run),
                            workspace);
        }
    }

    @Test
    void the_oldest_nights_beyond_the_count_go_and_their_tasks_stay_ended() {
        nights(3);
        var plan = retention().plan(1, 0);
        assertEquals(List.of("20261123-220000", "20261123-220001"), runs(plan.pruned()));
        assertEquals(
                List.of("20261123-220000", "20261123-220001", "20261123-220002"), left(), "a plan removes nothing");
        assertTrue(plan.freedBytes() > 0);
        retention().prune(plan);
        assertEquals(List.of("20261123-220002"), left());
        assertFalse(Files.exists(folder.resolve("artifacts/20261123-220000")));
        assertTrue(Files.exists(folder.resolve("artifacts/20261123-220002/task-2/diff.patch")));
        assertEquals(
                List.of("task-3 accepted"), night.run(SmallNight.tasks(4), SmallNight.rule()), "the others have ended");
        assertEquals(
                List.of("task-0"),
                PrunedNights.of(night.log())
                        .find("20261123-220000")
                        .orElseThrow()
                        .ended());
    }

    @Test
    void half_a_line_at_the_end_of_the_list_is_cut_with_a_word() throws IOException {
        nights(3);
        retention().prune(retention().plan(2, 0));
        assertEquals(List.of(), warnings);
        var list = night.log().resolve("pruned/index.jsonl");
        Files.writeString(list, "{\"torn", StandardOpenOption.APPEND);
        retention().prune(retention().plan(1, 0));
        assertEquals(List.of(list + " ended in half a line; its 6 bytes never counted and were cut off"), warnings);
        assertEquals(
                List.of("20261123-220000", "20261123-220001"),
                PrunedNights.of(night.log()).nights().stream()
                        .map(PrunedNights.Night::run)
                        .toList());
    }

    @Test
    void nights_go_until_the_others_are_within_the_size() {
        nights(3);
        var all = retention().plan(0, 0);
        assertEquals(List.of(), all.pruned());
        assertEquals(3, all.keptNights());
        assertEquals(List.of(), retention().plan(0, all.keptBytes()).pruned());
        assertEquals(
                List.of("20261123-220000"),
                runs(retention().plan(0, all.keptBytes() - 1).pruned()));
        assertEquals(
                List.of("20261123-220000", "20261123-220001"),
                runs(retention().plan(0, 1).pruned()),
                "the newest stays");
    }

    @Test
    void a_night_whose_work_has_not_ended_stays_until_it_has() {
        var asked = new int[1];
        var stopping = SmallNight.engine(prompt -> {
            if (++asked[0] == 3) {
                night.window.stop();
            }
            return prompt.contains("<tool_response>")
                    ? SmallNight.call("final", "{\"status\": \"done\"}")
                    : SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        var fresh = SmallNight.in(folder);
        fresh.signingKey = night.signingKey;
        assertEquals(List.of("task-0 accepted", "task-1 stopped"), night.run(SmallNight.tasks(3), stopping));
        fresh.run(List.of(SmallNight.task(3)), SmallNight.rule());
        fresh.run(List.of(SmallNight.task(4)), SmallNight.rule());
        var plan = retention().plan(1, 0);
        assertEquals(List.of("20261123-220001"), runs(plan.pruned()));
        assertEquals(List.of("20261123-220000"), runs(plan.held()));
        assertEquals(
                List.of("task-1", "task-2"),
                plan.held().getFirst().open().stream().sorted().toList());
        retention().prune(plan);
        assertEquals(List.of("task-1 accepted", "task-2 accepted"), fresh.run(SmallNight.tasks(5), SmallNight.rule()));
        assertEquals(
                List.of("20261123-220000", "20261123-220002"),
                runs(retention().plan(1, 0).pruned()));
    }

    @Test
    void what_a_crash_left_is_pruned_the_next_time_and_listed_once() throws IOException {
        nights(2);
        var journal = night.log().resolve("20261123-220000.jsonl");
        var content = Files.readAllBytes(journal);
        retention().prune(retention().plan(1, 0));
        Files.write(journal, content);
        assertTrue(History.of(night.log()).isDone("task-0"));
        retention().prune(retention().plan(1, 0));
        assertFalse(Files.exists(journal));
        var lines = JournalReader.readToEnd(night.log().resolve("pruned/index.jsonl"), entry -> {});
        assertEquals(1, lines.lines());
    }

    private static void replaceInLine(Path file, int line, String text, String by) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file));
        assertTrue(lines.get(line - 1).contains(text), lines.get(line - 1));
        lines.set(line - 1, lines.get(line - 1).replace(text, by));
        Files.write(file, lines);
    }

    /** The line of a journal, from 1, that is the first of a type for a task. */
    private static int line(Path journal, EventType type, String task) {
        var found = new int[1];
        JournalReader.read(journal, entry -> {
            if (found[0] == 0
                    && EventType.of(entry.event()) == type
                    && task.equals(entry.event().task())) {
                found[0] = Math.toIntExact(entry.seq());
            }
        });
        return found[0];
    }

    /** Takes the commits of tasks, the last of the newest night, off its branch. */
    private void forget(String... tasks) {
        var branch = "refs/heads/night/" + left().getLast();
        new Git(folder.resolve("workspace")).run("update-ref", branch, branch + "~" + tasks.length);
    }

    private Retention.BrokenNight setAside(Path journal) {
        assertThrows(NightException.class, () -> History.of(night.log()), "it stands in the way of nights");
        var broken = broken(journal).orElseThrow();
        retention().setAside(broken);
        assertFalse(Files.exists(journal));
        return broken;
    }

    @Test
    void a_signed_night_broken_in_the_middle_is_set_aside_and_what_it_did_is_not_done_again() throws IOException {
        night.run(SmallNight.tasks(3), SmallNight.rule());
        var journal = night.journal();
        replaceInLine(journal, line(journal, EventType.TOOL_CALLED, "task-1"), "{", "");
        forget("task-1", "task-2");
        var content = Files.readAllBytes(journal);
        var broken = setAside(journal);
        assertEquals(List.of("task-0"), broken.ended());
        assertEquals(List.of("task-1"), broken.open(), "task-2 had not begun");
        assertEquals(broken.brokenLine() - 2, broken.lines());
        assertArrayEquals(content, Files.readAllBytes(broken.aside()), "nothing of it is lost");
        assertTrue(Files.exists(folder.resolve("artifacts/20261123-220000/task-2/diff.patch")));
        assertEquals(List.of("task-1 accepted", "task-2 accepted"), night.run(SmallNight.tasks(3), SmallNight.rule()));
        assertEquals("20261123-220001", Journal.run(night.journal()));
        assertEquals(
                List.of(),
                verify("20261123-220001", PrunedNights.of(night.log()).hashes()).findings());
        var known = PrunedNights.of(night.log()).find("20261123-220000").orElseThrow();
        assertEquals(broken.brokenLine(), known.pruned().brokenLine());
    }

    @Test
    void a_line_that_no_sound_line_vouches_for_ends_no_task() throws IOException {
        nights(1);
        night.run(List.of(SmallNight.task(1)), SmallNight.rule());
        var journal = night.journal();
        forget("task-1");
        int end = line(journal, EventType.TASK_FINISHED, "task-1");
        replaceInLine(journal, end, "task-1", "task-4");
        assertEquals(end + 1, broken(journal).orElseThrow().brokenLine(), "it shows at the next line");
        var broken = setAside(journal);
        assertEquals(List.of(), broken.ended());
        assertEquals(List.of("task-1"), broken.open());
        assertEquals(
                List.of("task-1 accepted", "task-4 accepted"),
                night.run(List.of(SmallNight.task(0), SmallNight.task(1), SmallNight.task(4)), SmallNight.rule()));
    }

    @Test
    void of_a_night_broken_in_its_first_line_nothing_is_known_and_all_of_it_runs_again() throws IOException {
        nights(1);
        forget("task-0");
        replaceInLine(night.journal(), 1, "{", "");
        var broken = setAside(night.journal());
        assertEquals(1, broken.brokenLine());
        assertEquals(0, broken.lines());
        assertEquals(List.of(), broken.open());
        assertEquals(List.of("task-0 accepted"), night.run(SmallNight.tasks(1), SmallNight.rule()));
    }

    @Test
    void what_stands_on_its_branch_has_ended_whatever_its_journal_has_lost() throws IOException {
        night.run(SmallNight.tasks(3), SmallNight.rule());
        var journal = night.journal();
        replaceInLine(journal, line(journal, EventType.TOOL_CALLED, "task-1"), "{", "");
        var broken = setAside(journal);
        assertEquals(List.of("task-0", "task-1", "task-2"), broken.ended());
        assertEquals(List.of(), broken.open());
        assertEquals(List.of("task-3 accepted"), night.run(SmallNight.tasks(4), SmallNight.rule()));
    }

    @Test
    void so_it_has_where_the_branch_went_by_another_name_or_not_even_the_first_line_is_left() throws IOException {
        nights(2);
        var git = new Git(folder.resolve("workspace"));
        git.run("branch", "-m", "night/" + left().getLast(), "reviewed");
        replaceInLine(night.journal(), 1, "{", "");
        assertEquals(
                Set.of("task-0", "task-1"), Set.copyOf(setAside(night.journal()).ended()));
        assertEquals(List.of("task-2 accepted"), night.run(SmallNight.tasks(3), SmallNight.rule()));
    }

    @Test
    void a_commit_of_somebody_else_on_the_branch_is_no_tasks_work() throws IOException {
        nights(1);
        var git = new Git(folder.resolve("workspace"));
        git.run("config", "user.name", "Ada");
        git.run("config", "user.email", "ada@example.org");
        var run = left().getLast();
        var mine = git.run(
                "commit-tree", "-p", "night/" + run, "-m", "Mine\n\nNight-Task: task-3", "night/" + run + "^{tree}");
        git.run("update-ref", "refs/heads/night/" + run, mine.strip());
        replaceInLine(night.journal(), 1, "{", "");
        assertEquals(List.of("task-0"), setAside(night.journal()).ended());
    }

    @Test
    void a_task_that_ended_in_another_night_is_not_open() throws IOException {
        var stopping = SmallNight.engine(prompt -> {
            night.window.stop();
            return SmallNight.call("write_file", "{\"text\": \"done\\n\"}");
        });
        assertEquals(List.of("task-0 stopped"), night.run(SmallNight.tasks(1), stopping));
        var first = night.journal();
        assertTrue(broken(first).isEmpty(), "a sound night is not set aside");
        replaceInLine(first, line(first, EventType.TASK_FINISHED, "task-0") + 1, "{", "");
        assertEquals(List.of("task-0"), broken(first).orElseThrow().open());
        var aside = Files.move(first, folder.resolve("elsewhere"));
        FileTree.remove(folder.resolve("artifacts").resolve(Journal.run(first))); // else the start asks for the journal
        var later = SmallNight.in(folder);
        later.clock = new SetClock(Instant.parse("2026-11-23T22:00:05Z"));
        later.run(SmallNight.tasks(1), SmallNight.rule());
        Files.move(aside, first);
        assertEquals(List.of(), broken(first).orElseThrow().open());
    }

    @Test
    void the_list_of_pruned_nights_can_be_set_aside_too() throws IOException {
        nights(4);
        retention().prune(retention().plan(1, 0));
        var list = night.log().resolve("pruned/index.jsonl");
        assertTrue(retention().brokenList().isEmpty());
        replaceInLine(list, 3, "{", "");
        var content = Files.readAllBytes(list);
        var broken = retention().brokenList().orElseThrow();
        assertEquals(1, broken.lines());
        retention().setAside(broken);
        assertArrayEquals(content, Files.readAllBytes(broken.aside()));
        assertEquals(
                List.of("20261123-220000"),
                PrunedNights.of(night.log()).nights().stream()
                        .map(PrunedNights.Night::run)
                        .toList());
    }

    @Test
    void the_list_is_chained_and_every_later_night_names_its_head() throws IOException {
        nights(3);
        retention().prune(retention().plan(1, 0));
        night.run(List.of(SmallNight.task(3)), SmallNight.rule());
        var run = Journal.run(night.journal());
        assertEquals(
                List.of(), verify(run, PrunedNights.of(night.log()).hashes()).findings());
        var list = night.log().resolve("pruned/index.jsonl");
        var lines = Files.readAllLines(list);
        Files.writeString(list, lines.getFirst() + "\n");
        assertTrue(verify(run, PrunedNights.of(night.log()).hashes())
                .findings()
                .toString()
                .contains("it was rewritten"));
        Files.writeString(list, lines.getFirst().replace("task-0", "task-9") + "\n" + lines.getLast() + "\n");
        var broken = assertThrows(NightException.class, () -> History.of(night.log()));
        assertEquals(ExitCode.DATA, broken.exitCode());
        assertTrue(broken.getMessage().contains("index.jsonl:2"), broken.getMessage());
    }
}
