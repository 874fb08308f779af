package pantheon.night.workspace.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;

/**
 * A folder of this user alone, for as long as something needs it; it goes with whatever was put into it. As long as the
 * process lives, it holds a lock beside it: {@link AbandonedFolders} finds what a killed one left.
 */
public final class TemporaryFolder implements AutoCloseable {
    static final String PREFIX = "pantheon-night-";
    static final String LOCK = "lock";
    private static final String CONTENTS = "contents";

    private final Path folder;
    private final FileChannel lock;

    private TemporaryFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** The system's folder for temporary files. */
    public static Path place() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Makes one in the system's folder for temporary files. */
    public static TemporaryFolder create() {
        try {
            return in(Files.createTempDirectory(PREFIX).toRealPath());
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "no temporary folder can be made in %1$s: %2$s. Check the disk and owner of %1$s."
                            .formatted(place(), IoReason.of(e, place())),
                    e);
        }
    }

    private static TemporaryFolder in(Path folder) throws IOException {
        var lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            lock.lock();
            Files.createDirectory(folder.resolve(CONTENTS));
            return new TemporaryFolder(folder, lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    public Path path() {
        return folder.resolve(CONTENTS);
    }

    @Override
    public void close() {
        try (lock) {
            removeAll(folder);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "the temporary folder %s cannot be removed: %s. Remove it."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    /** Removes a folder with all that is in it. */
    static void removeAll(Path folder) throws IOException {
        try (var top = OpenDirectory.top(folder)) {
            var removal = new Removal(top);
            for (var name : top.names()) {
                removal.remove(top, name);
            }
        }
        Files.delete(folder);
    }
}
