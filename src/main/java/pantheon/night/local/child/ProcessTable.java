package pantheon.night.local.child;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;

/** The processes of this machine that /proc shows. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    /** The ids of all processes. */
    static int[] pids() {
        var names = IntStream.builder();
        try (var entries = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (var entry : entries) {
                names.add(Integer.parseInt(entry.getFileName().toString()));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new IllegalStateException("/proc cannot be listed", e);
        }
        return names.build().toArray();
    }

    /** How many threads a process has, 0 where it is gone. */
    static int threads(int pid) {
        try {
            // A directory has a link for itself, one for its entry above, and one for each directory in it.
            return (int) Files.getAttribute(PROC.resolve(pid + "/task"), "unix:nlink") - 2;
        } catch (IOException gone) {
            return 0;
        }
    }

    /** How many threads this user has, which is what the kernel counts for its limit on processes. */
    static int threadsOfThisUser() {
        int threads = 0;
        var self = owner((int) ProcessHandle.current().pid());
        for (int pid : pids()) {
            threads += Objects.equals(self, owner(pid)) ? threads(pid) : 0;
        }
        return threads;
    }

    /** Null where the process is gone. The folder below shows the user of a process that cannot be dumped, too. */
    private static @org.jspecify.annotations.Nullable Object owner(int pid) {
        try {
            return Files.getAttribute(PROC.resolve(pid + "/task"), "unix:uid");
        } catch (IOException gone) {
            return null;
        }
    }
}
