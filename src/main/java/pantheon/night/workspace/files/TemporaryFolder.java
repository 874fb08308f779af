package pantheon.night.workspace.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;

/** A folder of this user alone, for as long as something needs it; it goes with whatever was put into it. */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "pantheon-night-";

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /** Makes one in the system's folder for temporary files. */
    public static TemporaryFolder create() {
        var folder = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return new TemporaryFolder(Files.createTempDirectory(PREFIX).toRealPath());
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "no temporary folder can be made in %1$s: %2$s. Check the disk and owner of %1$s."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            empty();
            Files.delete(path);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "the temporary folder %s cannot be removed: %s. Remove it.".formatted(path, IoReason.of(e, path)),
                    e);
        }
    }

    private void empty() throws IOException {
        try (var top = OpenDirectory.top(path)) {
            var removal = new Removal(top);
            for (var name : top.names()) {
                removal.remove(top, name);
            }
        }
    }
}
