package pantheon.night.workspace.scratch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.TreeSnapshot;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.Writes;
import pantheon.night.workspace.git.Change;

/** What is looked at in a checkout: the paths that this program's tools named, or everything. */
class TouchedTest {
    private static final List<String> PATHS =
            List.of("a", "b", "d", "d/a", "d/b", "d/e", "d/e/a", "new", "new/a", "new/b/c");

    @TempDir
    Path directory;

    private Workspace workspace;

    @BeforeEach
    void lay_out() throws IOException {
        var git = Git.init(directory.resolve("repository"));
        git.write("a", "a")
                .write("b", "b")
                .write("d/a", "da")
                .write("d/b", "db")
                .write("d/e/a", "dea");
        Files.createSymbolicLink(git.directory().resolve("d/link"), Path.of("a"));
        git.commitAll("base");
        workspace = Workspace.open(git.directory());
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private Scratch checkout(String name) {
        return workspace.checkout(workspace.baseCommit(), directory.resolve(name));
    }

    @Test
    void what_the_programs_own_tools_did_is_found_and_undone_without_a_look_at_anything_else() throws Exception {
        var scratch = checkout("scratch");
        var root = scratch.files().readOnlyRoot();
        var fresh = TreeSnapshot.of(root);
        scratch.files().write("d/e/new/x", "x".getBytes(UTF_8));
        Files.writeString(root.resolve("b"), "by nobody who may"); // shows what is not looked at
        assertEquals(List.of("d/e/new/x"), paths(scratch));
        Files.writeString(root.resolve("b"), "b");
        scratch.reset();
        assertEquals(fresh, TreeSnapshot.of(root));
        assertTrue(scratch.diff().isEmpty());
    }

    @Test
    void once_a_command_was_let_in_everything_is_looked_at_for_good() throws Exception {
        var scratch = checkout("scratch");
        scratch.files().write("a", "by a tool".getBytes(UTF_8));
        var root = scratch.files().root();
        Files.writeString(root.resolve("b"), "by a command");
        assertEquals(List.of("a", "b"), paths(scratch));
        scratch.reset();
        Files.writeString(root.resolve("d/e/a"), "by what is left of it");
        assertEquals(List.of("d/e/a"), paths(scratch));
        scratch.reset();
        assertEquals(TreeSnapshot.of(checkout("other").root()), TreeSnapshot.of(root));
    }

    @Test
    void a_write_that_fails_half_way_may_have_left_anything() throws Exception {
        var root = checkout("scratch").files().readOnlyRoot();
        var told = new ArrayList<String>();
        var files = ScratchFiles.at(root, new Writes() {
            @Override
            public void at(String path) {
                told.add(path);
                assertTrue(root.resolve(path).toFile().delete(), "what was there when it was looked is gone");
            }

            @Override
            public void anywhere() {
                told.add("anywhere");
            }
        });
        assertThrows(PathRefused.class, () -> files.delete("d/a"));
        assertEquals(List.of("d/a", "anywhere"), told);
    }

    /** The same calls on two checkouts: one is known by its paths alone, in the other everything is looked at. */
    @Test
    void both_ways_of_looking_see_the_same_after_any_calls() throws Exception {
        var known = checkout("known");
        var open = checkout("open");
        var fresh = TreeSnapshot.of(open.root());
        var random = new Random(1);
        for (int task = 0; task < 150; task++) {
            for (int call = 0; call < 1 + random.nextInt(6); call++) {
                var seed = random.nextLong();
                assertEquals(call(known.files(), new Random(seed)), call(open.files(), new Random(seed)));
            }
            assertEquals(open.diff().patch(), known.diff().patch());
            known.reset();
            open.reset();
            assertEquals(fresh, TreeSnapshot.of(known.files().readOnlyRoot()));
            assertEquals(fresh, TreeSnapshot.of(open.root()));
        }
    }

    private static String call(ScratchFiles files, Random random) {
        var path = PATHS.get(random.nextInt(PATHS.size()));
        try {
            switch (random.nextInt(3)) {
                case 0 -> files.write(path, String.valueOf(random.nextInt(3)).getBytes(UTF_8));
                case 1 -> files.move(path, PATHS.get(random.nextInt(PATHS.size())));
                default -> files.delete(path);
            }
            return "done";
        } catch (PathRefused e) {
            return e.code().wireName();
        }
    }

    private static List<String> paths(Scratch scratch) throws PathRefused {
        return scratch.diff().changes().stream().map(Change::path).toList();
    }
}
