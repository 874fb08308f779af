package pantheon.night.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.branch.CommitRequest;
import pantheon.night.workspace.branch.CommitResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.scratch.Scratch;

class CommitTest {
    private static final String BRANCH = Commits.BRANCH.name();

    @TempDir
    Path directory;

    private NightOnRepository night;
    private Git git;
    private Workspace workspace;
    private Scratch scratch;

    @BeforeEach
    void open() {
        night = new NightOnRepository(directory);
        git = night.git;
        workspace = night.workspace;
        scratch = night.scratch;
    }

    @AfterEach
    void check_and_close() {
        night.close();
    }

    private CommitResult commit(String task, Map<String, Optional<String>> files) throws PathRefused {
        return night.commit(task, files);
    }

    private CommitResult commit(String task, String path, String content) throws PathRefused {
        return night.commit(task, path, content);
    }

    private void conflict(CommitResult result, String... paths) {
        assertEquals(new CommitResult.Conflict(List.of(paths)), result);
    }

    private String tip() {
        return git.run("rev-parse", BRANCH).strip();
    }

    private String show(String path) {
        return git.run("show", BRANCH + ":" + path);
    }

    @Test
    void the_first_commit_begins_the_branch_at_the_base() throws Exception {
        String id = Commits.id(commit("task-1", "b.md", "B\n"));
        assertEquals(id, tip());
        assertEquals(workspace.baseCommit(), git.run("rev-parse", BRANCH + "^").strip());
        assertEquals("M\tb.md\n", git.run("diff", "--name-status", "main", BRANCH));
        assertEquals(
                """
                docops.front-matter 1.2 <agent@night.example.org> 2026-11-23T01:02:03+00:00
                pantheon-night <night@example.org> 2026-11-23T01:02:03+00:00
                Normalise task-1

                A body.

                Night-Task: task-1
                Night-Agent: docops.front-matter
                """,
                git.run("log", "-1", "--format=%an <%ae> %aI%n%cn <%ce> %cI%n%B", BRANCH)
                                .strip() + "\n");
        assertEquals(
                "task-1\n", git.run("log", "-1", "--format=%(trailers:key=Night-Task,valueonly,separator=)", BRANCH));
    }

    @Test
    void later_commits_stand_on_earlier_ones() throws Exception {
        String first = Commits.id(commit("task-1", "b.md", "B\n"));
        CommitResult.Committed second =
                assertInstanceOf(CommitResult.Committed.class, commit("task-2", "new/é.md", "new\n"));
        assertFalse(second.merged());
        assertEquals(first, git.run("rev-parse", BRANCH + "^").strip());
        assertEquals("B\n", show("b.md"));
        assertEquals("new\n", show("new/é.md"));
    }

    @Test
    void only_objects_and_the_nights_branch_are_added() throws Exception {
        git.write("b.md", "the user's own edit\n").write("untracked", "x");
        git.run("add", "b.md");
        git.run("branch", "other");
        git.run("tag", "v1");
        SortedMap<String, String> before = TreeSnapshot.of(git.directory());
        FileTime index = Files.getLastModifiedTime(git.directory().resolve(".git/index"));

        commit("task-1", "b.md", "B\n");
        commit("task-2", Map.of("a.md", Optional.empty(), "d/c.md", Optional.of("C\n")));

        SortedMap<String, String> after = TreeSnapshot.of(git.directory());
        after.entrySet().removeAll(before.entrySet());
        assertTrue(
                after.keySet().stream()
                        .allMatch(path -> path.matches(
                                "\\.git/(objects/../[0-9a-f]{38}|objects/..|(logs/)?refs/heads/night(/run-1)?)")),
                after.keySet()::toString);
        assertEquals(before, before(TreeSnapshot.of(git.directory()), before));
        assertEquals(index, Files.getLastModifiedTime(git.directory().resolve(".git/index")));
    }

    private static SortedMap<String, String> before(SortedMap<String, String> now, SortedMap<String, String> before) {
        now.keySet().retainAll(before.keySet());
        return now;
    }

    @Test
    void nothing_to_commit_is_told() throws Exception {
        assertEquals(
                new CommitResult.NothingToCommit(),
                workspace.commit(Commits.of(scratch.diff(), "none"), Commits.JUDGE));
        assertThrows(AssertionError.class, this::tip);
        commit("task-1", "b.md", "B\n");
        String tip = tip();
        assertEquals(new CommitResult.NothingToCommit(), commit("task-2", "b.md", "B\n"));
        assertEquals(tip, tip());
    }

    @Test
    void different_lines_of_one_file_are_merged() throws Exception {
        commit("task-1", "a.md", "ONE\n2\n3\n4\n5\n6\n7\n8\n9\n");
        CommitResult.Committed second = assertInstanceOf(
                CommitResult.Committed.class, commit("task-2", "a.md", "1\n2\n3\n4\n5\n6\n7\n8\nNINE"));
        assertEquals(List.of("a.md"), second.mergedPaths());
        assertEquals("ONE\n2\n3\n4\n5\n6\n7\n8\nNINE", show("a.md"));
    }

    @Test
    void a_conflict_names_the_paths_and_writes_nothing() throws Exception {
        commit("task-1", Map.of("a.md", Optional.of("ours\n"), "b.md", Optional.of("B\n")));
        SortedMap<String, String> before = TreeSnapshot.of(git.directory());
        conflict(
                commit(
                        "task-2",
                        Map.of(
                                "a.md", Optional.of("theirs\n"),
                                "b.md", Optional.of("X\n"),
                                "d/c.md", Optional.of("C\n"))),
                "a.md",
                "b.md");
        assertEquals(before, TreeSnapshot.of(git.directory()));
        Commits.id(commit("task-3", "d/c.md", "C\n")); // the control: without those paths it goes in
    }

    @Test
    void changes_that_no_lines_can_merge_are_conflicts() throws Exception {
        commit("task-1", Map.of("b.md", Optional.empty(), "raw", Optional.of("\0x"), "new", Optional.of("1\n")));
        conflict(commit("deleted-there", "b.md", "B\n"), "b.md");
        conflict(commit("binary", "raw", "\0y"), "raw");
        conflict(commit("added-there", "new", "2\n"), "new");
        commit("task-2", "a.md", "changed\n");
        conflict(commit("deleted-here", Map.of("a.md", Optional.empty())), "a.md");
        assertEquals(new CommitResult.NothingToCommit(), commit("both-deleted", Map.of("b.md", Optional.empty())));
    }

    @Test
    void a_file_where_the_branch_has_a_directory_is_a_conflict_and_the_other_way_round() throws Exception {
        commit("task-1", Map.of("x", Optional.of("file\n"), "y/z", Optional.of("below\n")));
        conflict(commit("task-2", "x/below", "below\n"), "x");
        conflict(commit("task-3", "y", "file\n"), "y");
        commit("task-4", Map.of("d/c.md", Optional.empty(), "d/new", Optional.of("n\n")));
        Commits.id(commit("task-5", "y/other", "beside\n"));
    }

    @Test
    void files_and_directories_can_take_each_others_place() throws Exception {
        Files.delete(scratch.root().resolve("d/c.md"));
        Files.delete(scratch.root().resolve("d"));
        Files.delete(scratch.root().resolve("b.md"));
        scratch.files().write("d", "now a file\n".getBytes(UTF_8));
        scratch.files().write("b.md/below", "now a directory\n".getBytes(UTF_8));
        Commits.id(workspace.commit(Commits.of(scratch.diff(), "task-1"), Commits.JUDGE));
        assertEquals("a.md\nb.md/below\nd\nraw\n", git.run("ls-tree", "-r", "--name-only", BRANCH));
    }

    @Test
    void a_changed_mode_and_a_changed_content_are_merged() throws Exception {
        commit("task-1", "b.md", "B\n");
        Files.setPosixFilePermissions(scratch.root().resolve("b.md"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Commits.id(workspace.commit(Commits.of(scratch.diff(), "task-2"), Commits.JUDGE));
        assertEquals("B\n", show("b.md"));
        assertTrue(git.run("ls-tree", BRANCH, "b.md").startsWith("100755 "));
    }

    @Test
    void what_a_checkout_leaves_out_stays_in_the_commit() throws Exception {
        String blob = git.run("rev-parse", "HEAD:b.md").strip();
        String entries = "160000 commit " + workspace.baseCommit() + "\tsub\0" + "100644 blob " + blob + "\tgit~1\0"
                + "100644 blob " + blob + "\tplain\0";
        String tree = new String(git.feed(entries.getBytes(UTF_8), "mktree", "-z"), UTF_8).strip();
        String base = git.run("commit-tree", "-m", "odd", tree).strip();
        Scratch odd = workspace.checkout(base, directory.resolve("odd"));
        odd.files().write("plain", "x\n".getBytes(UTF_8));
        odd.files().write("another", "y\n".getBytes(UTF_8));
        Commits.id(workspace.commit(Commits.of(odd.diff(), "odd"), Commits.JUDGE));
        assertEquals("A\tanother\nM\tplain\n", git.run("diff", "--name-status", base, BRANCH));
        git.run("update-ref", "-d", "refs/heads/" + BRANCH); // git fsck rightly complains of git~1
        git.run("reflog", "expire", "--expire=now", "--all");
        git.run("prune", "--expire=now");
    }

    @Test
    void the_commit_holds_the_diff_as_it_was_checked() throws Exception {
        scratch.files().write("b.md", "checked\n".getBytes(UTF_8));
        Diff diff = scratch.diff();
        scratch.files().write("b.md", "slipped in\n".getBytes(UTF_8));
        Commits.id(workspace.commit(Commits.of(diff, "task-1"), Commits.JUDGE));
        assertEquals("checked\n", show("b.md"));
    }

    @Test
    void a_commit_is_found_by_its_trailer() throws Exception {
        assertEquals(Map.of(), workspace.commitsByTrailer("Night-Task", Commits.BRANCH));
        String first = Commits.id(commit("task-1", "b.md", "B\n"));
        String second = Commits.id(commit("task-2", "a.md", "Night-Task: task-9\n"));
        assertEquals(
                Map.of("task-1", first, "task-2", second), workspace.commitsByTrailer("Night-Task", Commits.BRANCH));
        assertEquals(Map.of(), workspace.commitsByTrailer("Night-Other", Commits.BRANCH));
    }

    @Test
    void a_commit_that_was_cleaned_up_is_known_to_be_gone() throws Exception {
        String lost = Commits.id(commit("task-1", "b.md", "B\n"));
        assertTrue(workspace.hasCommit(lost));
        git.run("update-ref", "-d", "refs/heads/" + BRANCH);
        git.run("reflog", "expire", "--expire=now", "--all");
        git.run("prune", "--expire=now");
        try (var again = Workspace.open(git.directory())) {
            assertFalse(again.hasCommit(lost));
            assertTrue(again.hasCommit(again.baseCommit()));
        }
    }

    @Test
    void a_message_cannot_pass_for_a_trailer() throws Exception {
        scratch.files().write("b.md", "B\n".getBytes(UTF_8));
        CommitRequest honest = Commits.of(scratch.diff(), "task-1");
        Commits.id(workspace.commit(
                new CommitRequest(
                        honest.diff(),
                        honest.branch(),
                        honest.author(),
                        honest.committer(),
                        honest.time(),
                        "Subject\n\nNight-Task: task-9\n",
                        honest.trailers()),
                Commits.JUDGE));
        assertEquals(
                Set.of("task-1"),
                workspace.commitsByTrailer("Night-Task", Commits.BRANCH).keySet());
    }

    @Test
    void no_hook_and_no_filter_runs() throws Exception {
        Path marker = directory.resolve("ran");
        Path hook = git.directory().resolve(".git/hooks/reference-transaction");
        Files.writeString(hook, "#!/bin/sh\ntouch " + marker + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        git.run("config", "filter.f.clean", "touch " + marker + "; cat");
        git.run("config", "filter.f.smudge", "touch " + marker + "; cat");
        git.run("config", "core.fsmonitor", hook.toString());
        git.run("config", "commit.gpgSign", "true");
        git.run("config", "gpg.program", hook.toString());
        scratch.files().write(".gitattributes", "* filter=f text eol=crlf\n".getBytes(UTF_8));
        scratch.files().write("b.md", "B\n".getBytes(UTF_8));
        Commits.id(workspace.commit(Commits.of(scratch.diff(), "task-1"), Commits.JUDGE));
        assertEquals("B\n", show("b.md"));
        workspace.checkout(tip(), directory.resolve("second"));
        assertFalse(Files.exists(marker));
        git.run("branch", "control");
        assertTrue(Files.exists(marker), "the control: git itself runs the hook");
    }
}
