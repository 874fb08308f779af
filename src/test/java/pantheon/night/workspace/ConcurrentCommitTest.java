package pantheon.night.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.branch.CommitResult;
import pantheon.night.workspace.scratch.Scratch;

/** Slots, and other programs, commit to one branch at the same time. */
@Timeout(120)
class ConcurrentCommitTest {
    private static final int WRITERS = 4;
    private static final int COMMITS = 8;

    @TempDir
    Path directory;

    private Git base() {
        Git git = Git.init(directory.resolve("repository")).write("shared", "start\n");
        for (int writer = 0; writer < WRITERS; writer++) {
            git.write("file-" + writer, "0\n");
        }
        git.commitAll("base");
        return git;
    }

    /** One writer: a workspace of its own, as another process would have, or one shared like slots do. */
    private Callable<List<CommitResult>> writer(Workspace workspace, int writer, boolean sameFile) {
        return () -> {
            List<CommitResult> results = new ArrayList<>();
            Scratch scratch = workspace.checkout(workspace.baseCommit(), directory.resolve("slot-" + writer));
            for (int i = 1; i <= COMMITS; i++) {
                String path = sameFile ? "shared" : "new-" + writer + "-" + i;
                scratch.files().write(path, (writer + "/" + i + "\n").getBytes(UTF_8));
                results.add(workspace.commit(Commits.of(scratch.diff(), writer + "-" + i), Commits.JUDGE));
                scratch.reset();
            }
            return results;
        };
    }

    private static List<CommitResult> run(List<Callable<List<CommitResult>>> writers) throws Exception {
        List<CommitResult> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers.size())) {
            for (Future<List<CommitResult>> future : threads.invokeAll(writers)) {
                results.addAll(future.get());
            }
        }
        return results;
    }

    @Test
    void slots_of_one_night_all_land() throws Exception {
        Git git = base();
        try (Workspace workspace = Workspace.open(git.directory())) {
            List<Callable<List<CommitResult>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(writer(workspace, writer, false));
            }
            check(git, workspace, run(writers), WRITERS * COMMITS);
        }
    }

    @Test
    void programs_that_know_nothing_of_each_other_all_land() throws Exception {
        Git git = base();
        List<Workspace> workspaces = new ArrayList<>();
        List<Callable<List<CommitResult>>> writers = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            workspaces.add(Workspace.open(git.directory()));
            writers.add(writer(workspaces.getLast(), writer, false));
        }
        check(git, workspaces.getFirst(), run(writers), WRITERS * COMMITS);
        workspaces.forEach(Workspace::close);
    }

    private static void check(Git git, Workspace workspace, List<CommitResult> results, int commits) {
        results.forEach(Commits::id);
        String branch = Commits.BRANCH.name();
        assertEquals(commits + "\n", git.run("rev-list", "--count", "main.." + branch));
        assertEquals(
                commits + "\n", git.run("rev-list", "--count", "--first-parent", "--no-merges", "main.." + branch));
        Map<String, String> found = workspace.commitsByTrailer("Night-Task", Commits.BRANCH);
        assertEquals(commits, found.size());
        for (String task : found.keySet()) {
            assertEquals(task.replace('-', '/') + "\n", git.run("show", branch + ":new-" + task));
        }
        git.run("fsck", "--strict");
    }

    @Test
    void on_the_same_lines_one_lands_and_the_others_are_conflicts() throws Exception {
        Git git = base();
        List<CommitResult> results;
        try (Workspace one = Workspace.open(git.directory());
                Workspace two = Workspace.open(git.directory())) {
            results = run(List.of(writer(one, 0, true), writer(two, 1, true)));
        }
        List<CommitResult> landed = results.stream()
                .filter(CommitResult.Committed.class::isInstance)
                .toList();
        assertEquals(1, landed.size(), results::toString);
        assertTrue(results.stream()
                .filter(result -> !landed.contains(result))
                .allMatch(new CommitResult.Conflict(List.of("shared"))::equals));
        assertEquals(
                Commits.id(landed.getFirst()),
                git.run("rev-parse", Commits.BRANCH.name()).strip());
    }
}
