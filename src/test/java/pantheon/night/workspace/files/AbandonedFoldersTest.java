package pantheon.night.workspace.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedFoldersTest {
    private final Instant now = Instant.now();

    @TempDir
    private Path folder;

    private List<String> left() throws IOException {
        new AbandonedFolders(folder, now).remove();
        try (var entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private Path make(String name, Duration age) throws IOException {
        var made = Files.createDirectory(folder.resolve(name));
        Files.setLastModifiedTime(made, FileTime.from(now.minus(age)));
        return made;
    }

    private Path lock(Path folder) throws IOException {
        return Files.createFile(folder.resolve("lock"));
    }

    @Test
    void a_folder_goes_whose_process_no_longer_holds_its_lock() throws IOException {
        lock(make("pantheon-night-killed", Duration.ZERO));
        var contents = Files.createDirectories(folder.resolve("pantheon-night-killed/contents/home"));
        Files.writeString(contents.resolve("file"), "x");
        var held = lock(make("pantheon-night-in-use", Duration.ofDays(30)));
        try (var channel = FileChannel.open(held, StandardOpenOption.WRITE)) {
            assertTrue(channel.lock().isValid());
            assertEquals(List.of("pantheon-night-in-use"), left());
        }
        assertEquals(List.of(), left());
    }

    @Test
    void a_folder_that_is_in_use_by_this_process_stays() {
        try (var temporary = TemporaryFolder.create()) {
            new AbandonedFolders(TemporaryFolder.place(), now).remove();
            assertTrue(Files.isDirectory(temporary.path()));
        }
    }

    @Test
    void one_without_a_lock_goes_once_it_cannot_be_half_made_any_more() throws IOException {
        make("pantheon-night-new", Duration.ofMinutes(59));
        make("pantheon-night-old", Duration.ofMinutes(61));
        assertEquals(List.of("pantheon-night-new"), left());
    }

    @Test
    void of_the_runtimes_folders_those_go_that_are_old_and_empty() throws IOException {
        make("onnxruntime-java1", Duration.ofMinutes(59));
        make("onnxruntime-java2", Duration.ofMinutes(61));
        Files.createFile(make("onnxruntime-java3", Duration.ZERO).resolve("library.so"));
        Files.setLastModifiedTime(folder.resolve("onnxruntime-java3"), FileTime.from(now.minus(Duration.ofDays(9))));
        assertEquals(List.of("onnxruntime-java1", "onnxruntime-java3"), left());
    }

    @Test
    void what_is_called_otherwise_or_is_a_link_stays_with_what_it_leads_to(@TempDir Path elsewhere) throws IOException {
        make("other-night-1", Duration.ofDays(30));
        Files.createFile(elsewhere.resolve("lock"));
        Files.createSymbolicLink(folder.resolve("pantheon-night-link"), elsewhere);
        Files.createFile(folder.resolve("pantheon-night-file"));
        assertEquals(List.of("other-night-1", "pantheon-night-file", "pantheon-night-link"), left());
        assertTrue(Files.exists(elsewhere.resolve("lock")));
    }
}
