package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Failures of real files, in words. */
final class IoReasonTest {
    @TempDir
    private Path folder;

    private static String why(Path told, Executable failing) {
        return IoReason.of(assertThrows(IOException.class, failing), told);
    }

    @Test
    void a_failure_names_its_reason_and_not_the_path_again() throws IOException {
        var missing = folder.resolve("missing");
        var file = Files.createFile(folder.resolve("file"));
        Files.createFile(Files.createDirectory(folder.resolve("full")).resolve("file"));
        assertEquals("there is no such file or folder", why(missing, () -> Files.readString(missing)));
        assertEquals("it exists already", why(file, () -> Files.createFile(file)));
        assertEquals("it is not a folder", why(file, () -> {
            try (var entries = Files.newDirectoryStream(file)) {
                throw new AssertionError(entries);
            }
        }));
        assertEquals(
                "the folder is not empty", why(folder.resolve("full"), () -> Files.delete(folder.resolve("full"))));
        assertEquals("Is a directory", why(folder, () -> Files.readAllBytes(folder)));
        assertEquals("Is a directory", why(folder, () -> new RandomAccessFile(folder.toFile(), "rw").close()));
        assertEquals("sync failed", why(file, () -> {
            throw new IOException("sync failed");
        }));
    }

    @Test
    void a_named_pipe_is_no_folder() throws IOException, InterruptedException {
        var pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertEquals("it exists already, and is no folder", why(pipe, () -> Files.createDirectories(pipe)));
    }

    @Test
    void another_path_than_the_told_one_is_added() {
        var missing = folder.resolve("missing");
        assertEquals(
                "there is no such file or folder (%s)".formatted(missing),
                IoReason.of(
                        new UncheckedIOException(assertThrows(IOException.class, () -> Files.readString(missing))),
                        folder));
    }
}
