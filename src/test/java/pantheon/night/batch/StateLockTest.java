package pantheon.night.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** One night at a time. */
final class StateLockTest {
    private final List<String> stale = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void a_second_night_is_refused_and_told_the_owner() {
        var refused = assertThrows(
                NightException.class,
                () -> StateLock.whileHeld(
                        folder, stale::add, () -> StateLock.whileHeld(folder, stale::add, () -> "both")));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        var me = "process " + ProcessHandle.current().pid() + " since ";
        assertTrue(refused.getMessage().contains(me), refused.getMessage());
    }

    @Test
    void the_owner_that_was_killed_is_told_and_the_lock_is_free() throws IOException {
        Files.writeString(folder.resolve("lock"), "process 1 since yesterday");
        assertEquals("done", StateLock.whileHeld(folder, stale::add, () -> "done"));
        assertEquals(List.of("process 1 since yesterday"), stale);
    }

    @Test
    void a_night_that_ends_leaves_no_owner() throws IOException {
        StateLock.whileHeld(folder, stale::add, () -> "done");
        StateLock.whileHeld(folder, stale::add, () -> "done");
        assertThrows(
                IllegalStateException.class,
                () -> StateLock.whileHeld(folder, stale::add, () -> {
                    throw new IllegalStateException("a bug");
                }));
        assertEquals("", Files.readString(folder.resolve("lock")));
        assertEquals(List.of(), stale);
    }
}
