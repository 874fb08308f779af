package pantheon.night.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegularFileTest {
    private static final Duration PROMPTLY = Duration.ofSeconds(5);

    @TempDir
    private Path folder = Path.of("");

    private static void refused(Path file, String reason) {
        var refused = assertTimeoutPreemptively(
                PROMPTLY, () -> assertThrows(FileSystemException.class, () -> RegularFile.bytes(file, 10)));
        assertEquals(reason, refused.getReason());
        assertEquals(file.toString(), refused.getFile());
    }

    @Test
    void a_file_is_read_up_to_its_bound() throws IOException {
        var file = Files.writeString(folder.resolve("ten"), "añ 45678\n");
        assertEquals("añ 45678\n", RegularFile.text(file, 10));
        assertEquals(List.of("añ 45678"), RegularFile.lines(file, 10));
        try (var stream = RegularFile.stream(file);
                var reader = RegularFile.reader(file)) {
            assertArrayEquals(Files.readAllBytes(file), stream.readAllBytes());
            assertEquals("añ 45678", reader.readLine());
        }
        Files.writeString(file, "0123456789\n");
        refused(file, "it is larger than 10 bytes");
    }

    @Test
    void a_link_is_read_for_what_it_names() throws IOException {
        Files.writeString(folder.resolve("there"), "text");
        var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("there"));
        assertEquals("text", RegularFile.text(link, 10));
        refused(Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/zero")), "it is no regular file");
    }

    @Test
    void what_is_no_regular_file_is_refused_unopened() throws Exception {
        refused(Pipes.make(folder.resolve("pipe")), "it is no regular file");
        refused(Path.of("/dev/zero"), "it is no regular file");
        refused(folder, "it is a folder, no regular file");
        assertThrows(NoSuchFileException.class, () -> RegularFile.bytes(folder.resolve("missing"), 10));
    }

    @Test
    void a_file_with_no_end_in_sight_is_refused_unread() throws IOException {
        var file = folder.resolve("sparse");
        try (var sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }
        refused(file, "it is larger than 10 bytes");
    }

    @Test
    void a_file_whose_size_the_kernel_does_not_tell_is_bounded_as_well() {
        refused(Path.of("/proc/self/status"), "it is larger than 10 bytes");
    }

    @Test
    void bytes_that_are_no_utf_8_are_told() throws IOException {
        var file = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe4});
        assertThrows(CharacterCodingException.class, () -> RegularFile.text(file, 10));
    }
}
