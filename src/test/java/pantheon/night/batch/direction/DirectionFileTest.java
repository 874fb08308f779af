package pantheon.night.batch.direction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

final class DirectionFileTest {
    private static final String RUN = "20261123-220000";

    @TempDir
    private Path folder = Path.of("");

    private Path path() {
        return folder.resolve("direction.json");
    }

    private DirectionFile file() {
        return new DirectionFile(path());
    }

    @Test
    void a_night_is_directed_to_what_was_written_for_it_and_another_one_to_nothing() {
        assertEquals(Direction.NONE, file().read(RUN), "nobody directs it");
        var direction = new Direction(true, Instant.parse("2026-11-24T05:00:00.123Z"));
        file().write(RUN, direction);
        assertEquals(direction, file().read(RUN));
        assertEquals(Instant.parse("2026-11-24T05:00:00Z"), direction.until(), "in whole seconds");
        assertEquals(Direction.NONE, file().read("20261124-220000"));
        file().write(RUN, direction.withPaused(false));
        assertEquals(direction.withPaused(false), file().read(RUN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "{\"run\": \"20261123-220000\"}",
                "{\"run\": \"20261123-220000\", \"paused\": \"yes\"}",
                "{\"run\": \"20261123-220000\", \"paused\": true, \"until\": \"06:00\"}",
                "{\"run\": \"20261123-220000\", \"paused\": true, \"until\": \"2026-13-24T05:00:00Z\"}",
                "{\"run\": \"20261123-220000\", \"paused\": true, \"stop\": true}"
            })
    void a_file_that_is_none_is_told_and_directs_nothing(String text) throws IOException {
        Files.writeString(path(), text);
        var told = assertThrows(NightException.class, () -> file().read(RUN));
        assertEquals(ExitCode.DATA, told.exitCode());
        assertTrue(told.getMessage().startsWith(path() + " directs no night: "), told.getMessage());
    }

    @Test
    void a_place_that_cannot_be_written_is_told_with_who_can() {
        var nowhere = new DirectionFile(folder.resolve("missing/direction.json"));
        var told = assertThrows(NightException.class, () -> nowhere.write(RUN, Direction.NONE));
        assertEquals(ExitCode.CANT_CREATE, told.exitCode());
        assertTrue(told.getMessage().contains("as the night's own user"), told.getMessage());
    }
}
