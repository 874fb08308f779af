package pantheon.night.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.batch.SmallNight;
import pantheon.night.contract.Json;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Events;
import pantheon.night.journal.Journal;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.past.History;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;

/** What is found of every way to change a night's record afterwards; each beside the record as it was written. */
final class VerificationTest {
    private static final SigningKey KEY = SigningKey.generate();
    private static final List<Task> QUEUE = SmallNight.tasks(3);
    private static final String RUN = "20261123-220000";

    @TempDir
    private Path folder;

    private SmallNight night = SmallNight.in(Path.of(""));

    @BeforeEach
    void run_a_signed_night() throws IOException {
        night = SmallNight.layOut(folder, 4);
        night.signingKey = KEY;
        night.run(QUEUE, SmallNight.rule());
        var intact = verify();
        assertEquals(List.of(), intact.findings());
        assertEquals(3, intact.signedTasks());
        assertEquals(3, intact.commits());
        assertEquals(intact.lines(), intact.covered());
        assertEquals(Set.of(KEY.verifyingKey().id()), intact.keys());
    }

    private Verification.Result verify() {
        return verify(new Verification.Expected(List.of(), Map.of(), Set.of()));
    }

    private Verification.Result verify(Verification.Expected expected) {
        return verify(RUN, expected);
    }

    private Verification.Result verify(String run, Verification.Expected expected) {
        try (var workspace = Workspace.open(folder.resolve("workspace"))) {
            return new Verification(run, expected)
                    .all(
                            night.log().resolve(run + ".jsonl"),
                            folder.resolve("artifacts").resolve(run),
                            workspace);
        }
    }

    private static Verification.Expected key(SigningKey key) {
        return new Verification.Expected(List.of(key.verifyingKey()), Map.of(), Set.of());
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(night.journal()));
    }

    private void write(List<String> lines) throws IOException {
        Files.writeString(night.journal(), String.join("\n", lines) + "\n");
    }

    private List<JournalReader.Entry> entries() {
        var entries = new ArrayList<JournalReader.Entry>();
        JournalReader.read(night.journal(), entries::add);
        return entries;
    }

    /** Writes the journal anew from its events, with a chain that is whole. */
    private void rewrite(Predicate<NightEvent> kept, UnaryOperator<NightEvent> changed) throws IOException {
        var entries = entries();
        Files.delete(night.journal());
        try (var journal = Journal.create(night.log(), RUN, SmallNight.CLOCK)) {
            entries.stream()
                    .map(JournalReader.Entry::event)
                    .filter(kept)
                    .map(changed)
                    .forEach(journal::append);
        }
    }

    private static Verification.Finding first(Verification.Result result) {
        assertFalse(result.isIntact());
        return result.findings().getFirst();
    }

    private static void assertFound(long line, String what, Verification.Result result) {
        var first = first(result);
        assertEquals(line, first.line(), first.what());
        assertTrue(first.what().contains(what), first.what());
    }

    private long lineOf(EventType type) {
        return entries().stream()
                .filter(entry -> EventType.of(entry.event()) == type)
                .findFirst()
                .orElseThrow()
                .seq();
    }

    @Test
    void a_changed_line_shows_at_the_line_behind_it() throws IOException {
        var lines = lines();
        int at = (int) lineOf(EventType.GENERATION_RECEIVED) - 1;
        lines.set(at, lines.get(at).replace("\"night.step\":1", "\"night.step\":2"));
        write(lines);
        assertFound(at + 2, "prevhash", verify());
    }

    @Test
    void a_removed_line_shows_at_the_line_behind_it() throws IOException {
        var lines = lines();
        lines.remove(4);
        write(lines);
        assertFound(5, "seq is 6; expected 5", verify());
    }

    @Test
    void lines_in_another_order_show_at_the_first_of_them() throws IOException {
        var lines = lines();
        Collections.swap(lines, 3, 4);
        write(lines);
        assertFound(4, "seq is 5; expected 4", verify());
    }

    @Test
    void a_line_behind_the_end_is_found() throws IOException {
        int before = lines().size();
        try (var journal = Journal.resume(night.log(), RUN, SmallNight.CLOCK).journal()) {
            journal.append(EventCodec.event(
                    EventType.CHECK_FINISHED,
                    "task-0",
                    Json.object().put("night.check", "forged").put("night.passed", true)));
        }
        assertFound(before + 1, "behind the night's end", verify());
    }

    @Test
    void half_a_line_behind_the_end_is_found() throws IOException {
        int before = lines().size();
        Files.writeString(night.journal(), "{\"half\":", StandardOpenOption.APPEND);
        assertFound(before + 1, "half a line", verify());
    }

    @Test
    void a_journal_without_its_last_statement_is_found() throws IOException {
        var lines = lines();
        lines.removeLast();
        write(lines);
        assertFound(lines.size(), "no statement over it", verify());
    }

    @Test
    void a_journal_without_a_task_s_statement_is_found() throws IOException {
        rewrite(
                event -> !(EventType.of(event) == EventType.STATEMENT_SIGNED && "task-1".equals(event.task())),
                event -> event);
        var findings = verify().findings().toString();
        assertTrue(findings.contains("task task-1 ended, and there is no statement over it"), findings);
    }

    @Test
    void a_journal_that_was_rewritten_without_signatures_differs_from_what_the_commits_name() throws IOException {
        rewrite(
                event -> EventType.of(event) != EventType.STATEMENT_SIGNED,
                event -> Events.changed(event, data -> {
                    data.remove("night.signing_key");
                    if (event instanceof NightFinished) {
                        data.put("night.signed", false);
                    }
                }));
        var made = lineOf(EventType.COMMIT_MADE);
        assertFound(made, "the journal was rewritten", verify());
        assertTrue(verify(key(KEY)).findings().toString().contains("the night is not signed"));
    }

    @Test
    void a_journal_that_was_rewritten_and_signed_by_another_is_told_by_the_key() throws IOException {
        var other = SigningKey.generate();
        var forged = SmallNight.layOut(folder.resolve("forged"), 4);
        forged.signingKey = other;
        forged.run(QUEUE, SmallNight.rule());
        Files.copy(forged.journal(), night.journal(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        var findings = verify(key(KEY)).findings();
        assertTrue(
                findings.toString().contains("expected [" + KEY.verifyingKey().id()), findings.toString());
        assertTrue(findings.stream().anyMatch(finding -> finding.line() == lineOf(EventType.STATEMENT_SIGNED)));
    }

    @Test
    void the_right_key_is_as_expected_and_a_wrong_one_is_not() {
        assertEquals(List.of(), verify(key(KEY)).findings());
        var other = SigningKey.generate();
        assertFound(lineOf(EventType.STATEMENT_SIGNED), "signed by key", verify(key(other)));
        assertEquals(
                List.of(),
                verify(new Verification.Expected(List.of(other.verifyingKey(), KEY.verifyingKey()), Map.of(), Set.of()))
                        .findings());
    }

    @Test
    void a_statement_that_claims_something_else_is_found_though_its_signature_is_right() throws IOException {
        var folderOfTask = folder.resolve("artifacts").resolve(RUN).resolve("task-2");
        rewrite(
                event -> true,
                event -> Events.changed(event, data -> {
                    if (event instanceof TaskFinished finished
                            && finished.task().equals("task-2")) {
                        data.put("night.finish_reason", "declined");
                    }
                }));
        assertTrue(Files.exists(folderOfTask));
        var findings = verify().findings().toString();
        assertTrue(findings.contains("not byte for byte") || findings.contains("claims something else"), findings);
    }

    @Test
    void an_artifact_that_was_changed_is_missing_or_is_new_is_found() throws IOException {
        var task = folder.resolve("artifacts").resolve(RUN).resolve("task-1");
        var statement = entries().stream()
                .filter(entry -> EventType.of(entry.event()) == EventType.STATEMENT_SIGNED
                        && "task-1".equals(entry.event().task()))
                .findFirst()
                .orElseThrow()
                .seq();
        var metrics = task.resolve("metrics.json");
        var content = Files.readString(metrics);
        Files.writeString(metrics, " ", StandardOpenOption.APPEND);
        assertFound(statement, "metrics.json has SHA-256", verify());
        Files.delete(metrics);
        assertFound(statement, "metrics.json is missing", verify());
        Files.writeString(metrics, content);
        assertEquals(List.of(), verify().findings());
        var extra = Files.writeString(task.resolve("extra"), "");
        assertFound(statement, "extra was not there when it was signed", verify());
        Files.delete(extra);
        Files.move(metrics, task.resolve("moved"));
        Files.createSymbolicLink(metrics, Path.of("moved"));
        assertEquals(2, verify().findings().size());
    }

    @Test
    void a_review_that_people_added_is_told_and_no_finding_and_anything_else_is_one() throws IOException {
        var task = folder.resolve("artifacts").resolve(RUN).resolve("task-1");
        assertEquals(List.of(), verify().reviews());
        var review = Files.writeString(task.resolve("review.json"), "{}");
        assertEquals(List.of(), verify().findings());
        assertEquals(List.of("task-1/review.json"), verify().reviews());
        Files.move(review, Files.createDirectory(task.resolve("in")).resolve("review.json"));
        assertTrue(first(verify()).what().contains("in/review.json was not there when it was signed"));
        Files.delete(task.resolve("in/review.json"));
        assertTrue(first(verify()).what().contains("task-1/in is a folder; the night made none there"));
        Files.delete(task.resolve("in"));
        Files.createSymbolicLink(review, Path.of("metrics.json"));
        assertTrue(first(verify()).what().contains("review.json was not there when it was signed"));
    }

    @Test
    void a_file_beside_the_tasks_folders_is_found() throws IOException {
        var artifacts = folder.resolve("artifacts").resolve(RUN);
        var stray = Files.writeString(artifacts.resolve("notes.txt"), "");
        assertFound(0, "notes.txt is of no task of this night", verify());
        Files.delete(stray);
        Files.createSymbolicLink(artifacts.resolve("task-9"), Path.of("task-1"));
        assertFound(0, "task-9 is of no task of this night", verify());
    }

    @Test
    void a_folder_of_a_task_that_the_night_never_had_is_found() throws IOException {
        Files.createDirectories(folder.resolve("artifacts").resolve(RUN).resolve("task-9"));
        assertFound(0, "task-9 is of no task of this night", verify());
    }

    private String git(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                "git", "-C", folder.resolve("workspace").toString(), "-c", "user.name=x", "-c", "user.email=x"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        try {
            assertEquals(0, process.waitFor(), said);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return said.strip();
    }

    @Test
    void a_commit_that_was_rewritten_is_found() throws IOException {
        var tip = git("rev-parse", "night/" + RUN);
        var message = git("log", "-1", "--format=%B", tip);
        var amended = git("commit-tree", tip + "~1^{tree}", "-p", tip + "~1", "-m", message);
        git("update-ref", "refs/heads/night/" + RUN, amended);
        var findings = verify().findings().toString();
        assertTrue(findings.contains("commit %s of task task-2 is not on the branch".formatted(tip)), findings);
        assertTrue(findings.contains("commit %s says that it is of task task-2".formatted(amended)), findings);
        git("update-ref", "refs/heads/night/" + RUN, tip);
        assertEquals(List.of(), verify().findings());
    }

    @Test
    void a_branch_that_was_merged_and_deleted_is_well_and_one_that_was_thrown_away_is_not() throws IOException {
        git("reset", "-q", "--hard");
        git("merge", "-q", "--no-edit", "night/" + RUN);
        git("branch", "-q", "-D", "night/" + RUN);
        assertEquals(List.of(), verify().findings());
        git("reset", "-q", "--hard", "HEAD~3");
        var findings = verify().findings();
        assertEquals(3, findings.size(), findings.toString());
        assertTrue(findings.getFirst().what().contains("is gone"), findings.toString());
    }

    @Test
    void a_commit_by_a_person_on_top_is_no_finding() throws IOException {
        var tip = git("rev-parse", "night/" + RUN);
        git("update-ref", "refs/heads/night/" + RUN, git("commit-tree", tip + "^{tree}", "-p", tip, "-m", "mine"));
        assertEquals(List.of(), verify().findings());
    }

    @Test
    void the_head_that_the_night_printed_covers_the_last_line() throws IOException {
        var head = verify().head();
        assertEquals(
                List.of(),
                verify(new Verification.Expected(List.of(), Map.of("--head", head), Set.of()))
                        .findings());
        var entries = entries();
        var earlier = entries.get(entries.size() - 2).hash();
        assertFound(
                entries.size(),
                "the hash of line %d".formatted(entries.size() - 1),
                verify(new Verification.Expected(List.of(), Map.of("--head", earlier), Set.of())));
        assertFound(
                entries.size(),
                "no line",
                verify(new Verification.Expected(List.of(), Map.of("--head", "0".repeat(64)), Set.of())));
    }

    @Test
    void the_next_night_s_journal_names_the_head_of_the_one_before() throws IOException {
        night.run(SmallNight.tasks(4), SmallNight.rule());
        var next = History.next(night.log().resolve(RUN + ".jsonl")).orElseThrow();
        assertEquals(new History.Next("20261123-220001", verify().head()), next);
        assertEquals(List.of(), verify("20261123-220001", key(KEY)).findings());
    }

    @Test
    void a_night_without_a_key_says_so_and_is_checked_all_the_same() throws IOException {
        night.signingKey = null;
        night.run(SmallNight.tasks(4), SmallNight.rule());
        var result = verify("20261123-220001", new Verification.Expected(List.of(), Map.of(), Set.of()));
        assertEquals(List.of(), result.findings());
        assertEquals(Set.of(), result.keys());
        assertEquals(1, result.unsignedTasks());
        assertEquals(0, result.covered());
        var last = entries().getLast();
        assertEquals(EventType.NIGHT_FINISHED, EventType.of(last.event()));
        assertFalse(EventCodec.data(last.event()).get("night.signed").booleanValue());
        Files.writeString(
                folder.resolve("artifacts/20261123-220001/task-3/diff.patch"), "x", StandardOpenOption.APPEND);
        assertFalse(verify("20261123-220001", new Verification.Expected(List.of(), Map.of(), Set.of()))
                .isIntact());
    }

    @Test
    void a_night_that_was_killed_before_a_statement_signs_it_when_it_goes_on() throws IOException {
        var whole = lines();
        for (int kept = whole.size() - 1; kept > 0; kept--) {
            write(whole.subList(0, kept));
            night.run(QUEUE, SmallNight.rule());
            var result = verify(key(KEY));
            // a commit that is on the branch though its announcement was lost says that lines are missing
            result.findings()
                    .forEach(finding ->
                            assertTrue(finding.what().contains("the journal was rewritten"), finding.toString()));
            assertEquals(3, result.signedTasks(), "cut behind line " + kept);
            assertEquals(result.lines(), result.covered());
        }
    }

    @Test
    void a_night_that_goes_on_with_another_key_is_signed_by_both() throws IOException {
        var whole = lines();
        write(whole.subList(0, (int) lineOf(EventType.STATEMENT_SIGNED)));
        git("update-ref", "refs/heads/night/" + RUN, git("rev-parse", "night/" + RUN + "~2"));
        var other = SigningKey.generate();
        night.signingKey = other;
        night.run(QUEUE, SmallNight.rule());
        var result = verify();
        assertEquals(List.of(), result.findings());
        assertEquals(Set.of(KEY.verifyingKey().id(), other.verifyingKey().id()), result.keys());
        assertFalse(verify(key(KEY)).isIntact());
    }
}
