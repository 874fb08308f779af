package pantheon.night.workspace.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pantheon.night.disk.FileLocks;

/**
 * What killed processes of this user left in a folder for temporary files: {@link TemporaryFolder temporary folders} whose
 * lock nobody holds, and the empty folders that ONNX Runtime makes at each start. Nobody else's are touched, and none
 * that may be in use.
 */
public final class AbandonedFolders {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFolders.class);
    private static final String RUNTIME = "onnxruntime-java";

    /** Far longer than it takes to make a folder and to lock it, or to load a library. */
    private static final Duration SURELY_OVER = Duration.ofHours(1);

    private final Path folder;
    private final Instant now;

    /** @param folder for temporary files */
    public AbandonedFolders(Path folder, Instant now) {
        this.folder = folder;
        this.now = now;
    }

    /** Removes them; what cannot be removed is told in the log, and stays. */
    public void remove() {
        try (var entries = Files.newDirectoryStream(folder, "{%s,%s}*".formatted(TemporaryFolder.PREFIX, RUNTIME))) {
            var user = Files.getOwner(Path.of("/proc/self"));
            for (var entry : entries) {
                removeIfAbandoned(entry, user);
            }
        } catch (IOException e) {
            LOG.warn("nobody can look for what earlier processes left in {}: {}", folder, e.toString());
        }
    }

    private void removeIfAbandoned(Path entry, UserPrincipal user) {
        try {
            if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                    || !Files.getOwner(entry, LinkOption.NOFOLLOW_LINKS).equals(user)) {
                return;
            }
            if (entry.getFileName().toString().startsWith(RUNTIME)) {
                removeIfEmpty(entry);
            } else {
                removeUnlocked(entry);
            }
        } catch (IOException e) {
            LOG.warn("{}, which an earlier process left, cannot be removed: {}. Remove it.", entry, e.toString());
        }
    }

    private void removeIfEmpty(Path entry) throws IOException {
        try (var contents = Files.list(entry)) {
            if (contents.findAny().isPresent()) {
                return;
            }
        }
        if (isOld(entry)) {
            Files.delete(entry);
        }
    }

    private void removeUnlocked(Path entry) throws IOException {
        var lock = entry.resolve(TemporaryFolder.LOCK);
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            if (isOld(entry)) {
                TemporaryFolder.removeAll(entry);
            }
            return;
        }
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (FileLocks.take(channel) != null) {
                TemporaryFolder.removeAll(entry);
            }
        }
    }

    private boolean isOld(Path entry) throws IOException {
        return Files.getLastModifiedTime(entry, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .plus(SURELY_OVER)
                .isBefore(now);
    }
}
