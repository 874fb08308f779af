package pantheon.night.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.local.Probe;

/** What a user may read is asked as an ordinary user; root may read everything. */
final class ReadablePlaceTest {
    private static final boolean ROOT = System.getProperty("user.name", "").equals("root");

    @TempDir
    private Path folder;

    @Test
    void what_its_user_may_not_enter_or_read_is_told(@TempDir Path classes) throws Exception {
        var open = Files.createDirectories(folder.resolve("open/inside"));
        var closed = Files.createDirectories(folder.resolve("closed/inside"));
        var file = Files.writeString(folder.resolve("file"), "");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        var told = Probe.run((ROOT ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "")
                + Probe.commandForEveryUser(ReadableProbe.class, classes)
                + " %s %s %s %s".formatted(open, closed.getParent(), closed, file));
        Files.setPosixFilePermissions(folder.resolve("closed"), PosixFilePermissions.fromString("rwx------"));
        var lines = told.out().lines().toList();
        assertEquals(List.of("none"), lines.subList(0, 1), told::toString);
        assertTrue(lines.get(1).startsWith("which this user may not read; "), told::toString);
        assertTrue(lines.get(2).startsWith("which this user may not enter; "), told::toString);
        assertTrue(lines.get(3).startsWith("which this user may not read; "), told::toString);
    }
}
