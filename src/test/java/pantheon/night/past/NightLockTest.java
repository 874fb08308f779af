package pantheon.night.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.disk.Pipes;

/** One night at a time in each folder. */
final class NightLockTest {
    private static final long DISK = 0xfe00; // 254, 0
    private static final long BTRFS = 0x2f; // 0, 47

    private final List<String> stale = new ArrayList<>();

    @TempDir
    private Path folder;

    private String lock(String state, String log) {
        return NightLock.whileHeld(folder.resolve(state), folder.resolve(log), stale::add, () -> "done");
    }

    @Test
    void a_second_night_is_refused_and_told_the_owner() {
        var refused = assertThrows(
                NightException.class,
                () -> NightLock.whileHeld(
                        folder.resolve("state"), folder.resolve("log"), stale::add, () -> lock("state", "log")));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        var me = "process " + ProcessHandle.current().pid() + " since ";
        assertTrue(refused.getMessage().contains(me), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"state, other, state", "other, log, log"})
    void another_process_is_refused_each_folder_and_takes_others(String state, String log, String taken)
            throws IOException, InterruptedException {
        var night = holder("state", "log");
        try {
            var refused = assertThrows(NightException.class, () -> lock(state, log));
            var message = refused.getMessage();
            assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
            assertTrue(
                    message.startsWith("another night is running in %s: process %d since "
                            .formatted(folder.resolve(taken), night.pid())),
                    message);
            assertTrue(message.endsWith("set both state and log to folders that it does not use."), message);
            assertEquals("done", lock("other", "other"));
            assertTrue(owner("state", "other").orElseThrow().startsWith("process " + night.pid() + " since "));
            assertEquals(owner("state", "other"), owner("other", "log"));
            assertEquals(Optional.empty(), owner("other", "other"), "what was refused holds nothing");
        } finally {
            night.destroyForcibly().waitFor();
        }
        assertEquals(Optional.empty(), owner("state", "log"));
        assertEquals("done", lock("state", "log"));
        assertEquals(1, stale.size(), "a night that was killed is told once: " + stale);
        assertTrue(stale.getFirst().startsWith("process " + night.pid() + " since "));
    }

    private Optional<String> owner(String state, String log) {
        return NightLock.owner(folder.resolve(state), folder.resolve(log));
    }

    /** A process of its own that holds the locks until it is killed. */
    private Process holder(String state, String log) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.resolve(state).toString(),
                        folder.resolve(log).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals('h', process.getInputStream().read());
        return process;
    }

    static final class Holder {
        private Holder() {}

        public static void main(String[] folders) {
            NightLock.whileHeld(Path.of(folders[0]), Path.of(folders[1]), owner -> {}, () -> {
                System.out.println("held");
                try {
                    return System.in.read();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    @Test
    void one_folder_for_both_is_locked_once() {
        assertEquals("done", lock("both", "both"));
        assertEquals("done", lock("both", "both/../both"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the file itself             | 1: POSIX  ADVISORY  WRITE 4711 fe:00:99 0 EOF | true
            behind another lock         | 9: -> POSIX  ADVISORY  WRITE 4711 fe:00:99 0 EOF | false
            a file on another device    | 1: POSIX  ADVISORY  WRITE 4711 fe:01:99 0 EOF | false
            one on a file system in RAM | 1: POSIX  ADVISORY  WRITE 4711 00:1a:99 0 EOF | false
            another file                | 1: POSIX  ADVISORY  WRITE 4711 fe:00:199 0 EOF | false
            a lock to read              | 1: POSIX  ADVISORY  READ 4711 fe:00:99 0 EOF | false
            a lock of flock(2)          | 1: FLOCK  ADVISORY  WRITE 4711 fe:00:99 0 EOF | false
            """)
    void a_night_is_told_by_the_lock_that_it_takes_on_its_own_file(String what, String line, boolean held) {
        assertEquals(held, NightLock.isHeld(List.of(line), DISK, 99, "process 4711 since yesterday"), what);
    }

    @Test
    void where_the_kernel_names_another_device_the_process_has_to_be_the_owner() {
        var locks = List.of("1: POSIX  ADVISORY  WRITE 4711 00:30:99 0 EOF");
        assertTrue(NightLock.isHeld(locks, BTRFS, 99, "process 4711 since yesterday"));
        assertFalse(NightLock.isHeld(locks, BTRFS, 99, "process 471 since yesterday"));
        assertFalse(NightLock.isHeld(locks, BTRFS, 99, ""));
        assertTrue(NightLock.isHeld(List.of(locks.getFirst().replace(":30:", ":2f:")), BTRFS, 99, ""));
    }

    @Test
    void the_owner_that_was_killed_is_told_and_the_lock_is_free() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("log")).resolve("lock"), "process 1 since yesterday");
        assertEquals("done", lock("state", "log"));
        assertEquals(List.of("process 1 since yesterday"), stale);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "log"})
    void a_lock_that_leads_elsewhere_is_not_followed(String which) throws IOException {
        var precious = Files.writeString(folder.resolve("precious"), "process 1 since yesterday");
        var link = Files.createDirectories(folder.resolve(which)).resolve("lock");
        Files.createSymbolicLink(link, precious);
        refused(link, "is a symbolic link");
        assertEquals("process 1 since yesterday", Files.readString(precious));
        assertEquals(Optional.empty(), owner("state", "log"));
        Files.delete(link);
        assertEquals("done", lock("state", "log"));
    }

    @Test
    void a_lock_that_holds_something_else_is_neither_emptied_nor_told() throws IOException {
        var precious = Files.writeString(folder.resolve("precious"), "a letter");
        var lock = Files.createDirectories(folder.resolve("state")).resolve("lock");
        Files.createLink(lock, precious);
        refused(lock, "holds something else than the name of an owner");
        assertEquals("a letter", Files.readString(precious));
    }

    @Test
    void a_pipe_in_the_place_of_a_lock_is_refused_unopened() throws Exception {
        var lock = Pipes.make(Files.createDirectories(folder.resolve("state")).resolve("lock"));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> refused(lock, "is no regular file"));
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertEquals(Optional.empty(), owner("state", "log")));
    }

    private void refused(Path lock, String what) {
        var refused = assertThrows(NightException.class, () -> lock("state", "log"));
        assertEquals(ExitCode.CANT_CREATE, refused.exitCode());
        assertEquals(
                "%s %s, so it is no lock of this program and was left alone. Look at it, and move it away."
                        .formatted(lock, what),
                refused.getMessage());
    }

    @Test
    void a_night_that_ends_leaves_no_owner() throws IOException {
        lock("state", "log");
        lock("state", "log");
        assertThrows(
                IllegalStateException.class,
                () -> NightLock.whileHeld(folder.resolve("state"), folder.resolve("log"), stale::add, () -> {
                    throw new IllegalStateException("a bug");
                }));
        assertEquals("", Files.readString(folder.resolve("state/lock")));
        assertEquals("", Files.readString(folder.resolve("log/lock")));
        assertEquals(List.of(), stale);
    }
}
