package pantheon.night.workspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.batch.SmallNight;

/** A repository that borrows another's objects. */
final class BorrowedRepositoryTest {
    @TempDir
    private Path folder = Path.of("");

    private Git git = new Git(folder);

    @BeforeEach
    void commit() {
        git = Git.init(folder.resolve("lender"))
                .write("file-0.txt", "as it was\n")
                .write("file-1.txt", "as it was\n");
        git.commitAll("base");
    }

    private List<String> night(Path lender) {
        BorrowedRepository.create(folder.resolve("night/workspace"), lender);
        return SmallNight.in(folder.resolve("night")).run(SmallNight.tasks(2), SmallNight.rule());
    }

    @Test
    void a_night_commits_in_it_and_leaves_the_lender_as_it_was() throws IOException {
        var before = files();
        assertEquals(List.of("task-0 accepted", "task-1 accepted"), night(git.directory()));
        var borrowed = new Git(folder.resolve("night/workspace"));
        assertEquals("3", borrowed.run("rev-list", "--count", "--all").strip(), "two commits on the lender's one");
        assertEquals(before, files());
    }

    private Map<String, Long> files() throws IOException {
        var files = new TreeMap<String, Long>();
        try (var all = Files.walk(git.directory())) {
            for (var file : (Iterable<Path>) all::iterator) {
                files.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }

    @Test
    void the_lender_may_be_a_linked_working_tree_a_shallow_clone_or_borrow_itself() {
        git.run("worktree", "add", "-q", "--detach", folder.resolve("linked").toString());
        git.write("file-1.txt", "more\n").commitAll("more");
        git.run(
                "clone",
                "-q",
                "--bare",
                "--depth",
                "1",
                "file://" + git.directory(),
                folder.resolve("shallow").toString());
        git.run("clone", "-q", "--shared", ".", folder.resolve("shared").toString());
        for (var lender : List.of("linked", "shallow", "shared")) {
            var borrowed = folder.resolve("of-" + lender);
            BorrowedRepository.create(borrowed, folder.resolve(lender));
            try (var workspace = Workspace.open(borrowed)) {
                assertEquals(List.of("file-0.txt", "file-1.txt"), workspace.paths(), lender);
                assertEquals(
                        lender.equals("shallow"),
                        workspace.firstCommit().isEmpty(),
                        "a shallow one stays so: " + lender);
            }
        }
    }

    @Test
    void what_is_no_repository_lends_nothing() throws IOException {
        var none = Files.createDirectory(folder.resolve("none"));
        var refused =
                assertThrows(NightException.class, () -> BorrowedRepository.create(folder.resolve("borrowed"), none));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        assertEquals(false, Files.exists(folder.resolve("borrowed")));
    }
}
