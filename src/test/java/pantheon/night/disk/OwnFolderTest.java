package pantheon.night.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

final class OwnFolderTest {
    @TempDir
    private Path temporary = Path.of("");

    private Path place = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void name_the_files() throws IOException {
        place = temporary.resolve("own");
        target = Files.writeString(temporary.resolve("target"), "before");
    }

    private static Path made(OwnFolder folder, String text) throws IOException {
        return Files.writeString(folder.name(), text);
    }

    private static void refused(OwnFolder folder, Path file, Path target) {
        var refused = assertThrows(NightException.class, () -> folder.move(file, target));
        assertEquals(ExitCode.WORK_LEFT, refused.exitCode());
    }

    @Test
    void an_owner_puts_its_files_where_they_count() throws IOException {
        var first = OwnFolder.take(place, 1);
        first.move(made(first, "first"), target);
        assertEquals("first", Files.readString(target));
        assertTrue(first.isKept());
    }

    @Test
    void once_another_has_taken_over_no_file_made_before_is_moved_and_none_can_be_made() throws IOException {
        var first = OwnFolder.take(place, 1);
        var made = made(first, "late");
        var second = OwnFolder.take(place, 2);
        refused(first, made, target);
        assertThrows(NoSuchFileException.class, () -> made(first, "later"));
        assertFalse(first.isKept());
        second.move(made(second, "second"), target);
        assertEquals("second", Files.readString(target));
    }

    @Test
    void who_wakes_up_in_the_middle_of_taking_it_removes_no_later_owner() throws IOException {
        var later = OwnFolder.take(place, 7);
        var late = OwnFolder.take(place, 6);
        assertTrue(later.isKept());
        later.move(made(later, "later"), target);
        assertEquals("later", Files.readString(target));
        assertTrue(late.isKept(), "its lease says that it is not the owner; the next one removes it");
    }

    @Test
    void a_file_that_is_missing_for_another_reason_is_told_as_it_is() throws IOException {
        var own = OwnFolder.take(place, 1);
        assertThrows(NoSuchFileException.class, () -> own.move(own.name(), target));
        assertThrows(NoSuchFileException.class, () -> own.move(made(own, "a"), temporary.resolve("no/such/folder")));
    }

    @Test
    void it_goes_when_it_is_closed_and_the_place_with_the_last() throws IOException {
        var own = OwnFolder.take(place, 1);
        made(own, "left");
        own.close();
        assertTrue(Files.notExists(place));
        var first = OwnFolder.take(place, 1);
        var second = OwnFolder.take(place, 2);
        first.close();
        assertTrue(second.isKept(), "who was overtaken has nothing to close");
    }
}
