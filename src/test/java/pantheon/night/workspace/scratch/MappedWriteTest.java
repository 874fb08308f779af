package pantheon.night.workspace.scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.workspace.Git;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.FileStamp;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.Removal;
import pantheon.night.workspace.git.Change;

/** A file that is written through memory is found, where the file system gives it no new time, too. */
class MappedWriteTest {
    /** Where every Linux has a tmpfs. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private static void isFoundAndTakenBack(Path folder) throws Exception {
        var git = Git.init(folder.resolve("repository"));
        git.write("a.txt", "a").write("b.txt", "b");
        git.commitAll("base");
        try (var workspace = Workspace.open(git.directory())) {
            var scratch = workspace.checkout(workspace.baseCommit(), folder.resolve("scratch"));
            Thread.sleep(1100); // the stamps settle
            var file = scratch.root().resolve("a.txt");
            assertTrue(scratch.diff().isEmpty());
            change(file);
            assertEquals(List.of("a.txt"), paths(scratch));
            var next = scratch.next();
            assertEquals("a", Files.readString(next.root().resolve("a.txt")));
            assertTrue(next.diff().isEmpty());
        }
    }

    private static List<String> paths(Scratch scratch) throws Exception {
        return scratch.diff().changes().stream().map(Change::path).toList();
    }

    private static void change(Path file) throws IOException {
        try (var arena = Arena.ofConfined();
                var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var memory = channel.map(MapMode.READ_WRITE, 0, 1, arena);
            assertEquals('a', memory.get(ValueLayout.JAVA_BYTE, 0));
            memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 'x');
        }
    }

    private static Path folder(String name) throws IOException {
        return Files.createTempDirectory(IN_MEMORY, name);
    }

    private static void remove(Path folder) throws IOException {
        try (var parent = OpenDirectory.top(IN_MEMORY)) {
            new Removal(parent).remove(parent, folder.getFileName());
        }
    }

    @Test
    void it_is_found_on_a_disk(@TempDir Path folder) throws Exception {
        isFoundAndTakenBack(folder);
    }

    @Test
    void it_is_found_in_memory() throws Exception {
        assertEquals("tmpfs", Files.getFileStore(IN_MEMORY).type());
        var folder = folder("mapped-write");
        try {
            isFoundAndTakenBack(folder);
        } finally {
            remove(folder);
        }
    }

    @Test
    void the_sample_tells_what_a_file_does(@TempDir Path folder) throws Exception {
        assertTrue(isTold(folder), "a disk tells");
        var inMemory = folder("mapped-write");
        try {
            isTold(inMemory);
        } finally {
            remove(inMemory);
        }
    }

    private static boolean isTold(Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("file"), "a");
        try (var top = OpenDirectory.top(folder)) {
            var before = FileStamp.of(top, Path.of("file"));
            Thread.sleep(20);
            change(file);
            var told = !FileStamp.of(top, Path.of("file")).equals(before);
            assertEquals(told, MappedWrite.isTold(top));
            return told;
        }
    }
}
