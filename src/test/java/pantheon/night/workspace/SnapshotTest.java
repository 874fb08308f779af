package pantheon.night.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.scratch.ScratchTask;

/** What a task left reads as its checkout did when it was looked at, and stays so. */
final class SnapshotTest {
    @TempDir
    private Path directory;

    private NightOnRepository night;
    private Path root;
    private ScratchTask task;

    @BeforeEach
    void open() {
        night = new NightOnRepository(directory);
        root = night.scratch.root();
        task = new ScratchTask(night.scratch);
    }

    @AfterEach
    void close() {
        night.close();
    }

    private String content(String path) throws PathRefused {
        return new String(task.left().content(path), UTF_8);
    }

    private void refused(PathRefused.Code code, String path) {
        var refused = assertThrows(PathRefused.class, () -> task.left().content(path));
        assertEquals(code, refused.code());
    }

    @Test
    void it_holds_what_was_changed_and_what_was_not() throws Exception {
        Files.writeString(root.resolve("b.md"), "changed\n");
        Files.writeString(root.resolve("new.md"), "new\n");
        Files.delete(root.resolve("d/c.md"));
        assertEquals(List.of("b.md", "d/c.md", "new.md"), task.left().paths());
        Files.writeString(root.resolve("b.md"), "too late\n");
        Files.writeString(root.resolve("raw"), "too late\n");
        Files.delete(root.resolve("a.md"));

        assertEquals("changed\n", content("b.md"));
        assertEquals("new\n", content("new.md"));
        assertEquals("1\n2\n3\n4\n5\n6\n7\n8\n9\n", content("a.md"));
        assertEquals("\0\1\2", content("raw"));
        assertEquals("b\n", new String(original("b.md"), UTF_8));
        assertEquals("\0\1\2", new String(original("raw"), UTF_8));
        assertNull(task.left().original("new.md"));
        assertSame(task.left(), task.left());
        assertEquals(
                List.of("a.md", "b.md", "d/c.md", "new.md", "raw"),
                task.changes().paths());
    }

    private byte[] original(String path) throws PathRefused {
        var original = task.left().original(path);
        if (original == null) {
            throw new AssertionError(path + " is not in the base");
        }
        return original;
    }

    @Test
    void it_refuses_what_the_checkout_would_refuse() throws Exception {
        Files.delete(root.resolve("b.md"));
        Files.delete(root.resolve("d/c.md"));
        Files.delete(root.resolve("d"));
        Files.createSymbolicLink(root.resolve("d"), Path.of("a.md"));
        Files.delete(root.resolve("raw"));
        Files.createDirectory(root.resolve("raw"));
        Files.writeString(root.resolve("raw/x"), "x\n");
        refused(PathRefused.Code.NOT_FOUND, "b.md");
        refused(PathRefused.Code.NOT_FOUND, "missing");
        refused(PathRefused.Code.SYMLINK, "d");
        refused(PathRefused.Code.SYMLINK, "d/c.md");
        refused(PathRefused.Code.NOT_DIRECTORY, "a.md/x");
        refused(PathRefused.Code.IS_DIRECTORY, "raw");
        refused(PathRefused.Code.PARENT, "../b.md");
        assertEquals("x\n", content("raw/x"));
    }

    @Test
    void what_can_be_no_part_of_a_commit_is_refused_again_when_it_is_gone() throws IOException {
        var planted = Files.createDirectory(root.resolve("sub"));
        Files.writeString(planted.resolve(".git"), "gitdir: elsewhere\n");
        refused(PathRefused.Code.GIT, "b.md");
        Files.delete(planted.resolve(".git"));
        refused(PathRefused.Code.GIT, "b.md");
    }
}
