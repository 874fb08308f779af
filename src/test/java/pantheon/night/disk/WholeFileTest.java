package pantheon.night.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WholeFileTest {
    @TempDir
    private Path folder = Path.of("");

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void a_file_is_made_or_replaced_and_nothing_is_left_beside_it() throws IOException {
        var file = folder.resolve("report.md");
        WholeFile.replace(file, "first, and longer\n");
        WholeFile.replace(file, "second\n");
        assertEquals("second\n", Files.readString(file));
        assertEquals(List.of("report.md"), names());
    }

    @Test
    void one_who_has_it_open_reads_the_old_one_to_its_end() throws IOException {
        var file = folder.resolve("metrics.prom");
        WholeFile.replace(file, "old\n");
        try (var reader = Files.newBufferedReader(file)) {
            WholeFile.replace(file, "new\n");
            assertEquals("old", reader.readLine());
        }
    }

    @Test
    void where_the_file_cannot_be_replaced_it_stays_and_nothing_is_left_beside_it() throws IOException {
        var file = folder.resolve("report.md");
        Files.createDirectories(file.resolve("in the way"));
        assertThrows(IOException.class, () -> WholeFile.replace(file, "text"));
        assertEquals(List.of("report.md"), names());
    }
}
