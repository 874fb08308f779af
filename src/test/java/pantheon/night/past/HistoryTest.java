package pantheon.night.past;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.batch.SmallNight;

/** Which files of a folder are nights. */
final class HistoryTest {
    @TempDir
    private Path folder;

    @Test
    void copies_and_folders_named_as_journals_are_no_nights() throws IOException {
        var night = SmallNight.layOut(folder, 2);
        night.run(SmallNight.tasks(1), SmallNight.rule());
        var journal = night.journal();
        var copy = Files.copy(journal, night.log().resolve("20261123-220000-backup.jsonl"));
        var directory = Files.createDirectory(night.log().resolve("20261124-220000.jsonl"));
        Files.createFile(night.log().resolve("notes.txt"));
        assertEquals(List.of(journal), History.journals(night.log()));
        assertEquals(List.of(copy, directory), History.strangers(night.log()));
        assertEquals(
                List.of("task-1 accepted"),
                night.run(SmallNight.tasks(2), SmallNight.rule()),
                "the copy is neither read nor gone on with");
    }
}
