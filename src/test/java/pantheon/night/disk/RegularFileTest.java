package pantheon.night.disk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegularFileTest {
    /** What would be held up would be so for good. */
    private static final Duration NOT_FOR_GOOD = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private static void refused(Path file, String reason) {
        var refused = assertTimeoutPreemptively(
                NOT_FOR_GOOD, () -> assertThrows(FileSystemException.class, () -> RegularFile.bytes(file, 10)));
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
    void a_pipe_that_takes_a_files_place_at_any_moment_holds_nobody_up() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "text");
        var other = Files.writeString(folder.resolve("other"), "text");
        var pipe = Pipes.make(folder.resolve("pipe"));
        var swapping = new AtomicBoolean(true);
        var swapper = Thread.ofPlatform().start(() -> swapWhile(swapping, file, List.of(pipe, other)));
        try {
            assertTimeoutPreemptively(NOT_FOR_GOOD, () -> readBoth(file, 5_000));
        } finally {
            swapping.set(false);
            swapper.join();
        }
    }

    /** Lets a name stand for one file after the other; what the name led to is never missing. */
    private static void swapWhile(AtomicBoolean swapping, Path name, List<Path> files) {
        try {
            for (int i = 0; swapping.get(); i++) {
                var link = name.resolveSibling("next");
                Files.createSymbolicLink(link, files.get(i % files.size()));
                Files.move(link, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads it so many times, and on until it was a file and a pipe. */
    private static void readBoth(Path file, int times) throws IOException {
        int read = 0;
        int refused = 0;
        while (read + refused < times || read == 0 || refused == 0) {
            try {
                assertEquals("text", RegularFile.text(file, 10));
                read++;
            } catch (FileSystemException e) {
                assertEquals("it is no regular file", e.getReason());
                refused++;
            }
        }
    }

    @Test
    void what_is_held_is_what_is_read_whatever_takes_its_name() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "first");
        try (var held = HeldFile.open(file)) {
            Files.writeString(folder.resolve("second"), "second");
            Files.move(folder.resolve("second"), file, StandardCopyOption.REPLACE_EXISTING);
            assertEquals("first", Files.readString(held.path()));
        }
        assertEquals("second", Files.readString(file));
    }

    @Test
    void a_file_that_cannot_be_opened_is_told_as_the_jdk_tells_it() throws IOException {
        var missing = folder.resolve("missing");
        var told = assertThrows(NoSuchFileException.class, () -> HeldFile.open(missing));
        assertEquals(missing.toString(), told.getFile());
        var below = Files.writeString(folder.resolve("file"), "").resolve("below");
        assertEquals(
                "it cannot be opened (errno 20)",
                assertThrows(FileSystemException.class, () -> HeldFile.open(below))
                        .getReason());
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
