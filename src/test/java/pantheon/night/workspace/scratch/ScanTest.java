package pantheon.night.workspace.scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.git.BaseTree;
import pantheon.night.workspace.git.Blobs;

class ScanTest {
    private static final Scan.Bounds SMALL = new Scan.Bounds(2, 10);

    @TempDir
    private Path root;

    private int changes() throws IOException, PathRefused {
        try (var top = OpenDirectory.top(root);
                var repository = new InMemoryRepository(new DfsRepositoryDescription("empty"));
                var blobs = new Blobs(repository)) {
            var base = new BaseTree(BaseTree.Directory.EMPTY, List.of());
            return new Scan(blobs, null, SMALL)
                    .run(top, base, Extent.EVERYTHING)
                    .size();
        }
    }

    @Test
    void too_many_changes_are_told_by_their_bound_and_not_as_one_path() throws Exception {
        Files.writeString(root.resolve("a"), "a");
        Files.writeString(root.resolve("b"), "b");
        assertEquals(2, changes());
        Files.writeString(root.resolve("c"), "c");
        var refused = assertThrows(PathRefused.class, this::changes);
        assertEquals(
                "the changes are too large for one commit of a night: more than 2 files differ", refused.getMessage());
    }

    @Test
    void changes_that_hold_too_much_are_told_by_their_bound_and_not_as_one_path() throws Exception {
        Files.writeString(root.resolve("a"), "12345");
        Files.writeString(root.resolve("b"), "12345");
        assertEquals(2, changes());
        Files.writeString(root.resolve("b"), "123456");
        var refused = assertThrows(PathRefused.class, this::changes);
        assertEquals(
                "the changes are too large for one commit of a night:"
                        + " the files that differ, before and after, hold more than 10 bytes",
                refused.getMessage());
    }
}
