package pantheon.night.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;

/** The SHA-256 of every file in a task's folder of artifacts, by the file's path in it. */
public final class ArtifactDigests {
    /** What is no regular file has this one. */
    public static final String NO_FILE = "0".repeat(64);

    private ArtifactDigests() {}

    /**
     * Reads a folder; one that is missing has no files. What is no regular file is not followed; its digest is zeros.
     *
     * @throws NightException with exit code 74 where it cannot be read
     */
    public static Map<String, String> of(Path folder) {
        var digests = new TreeMap<String, String>();
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return digests;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                digests.put(folder.relativize(file).toString(), digest(file));
            }
            return digests;
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The folders in a task's that hold nothing at all, so that no file's digest tells of them. */
    public static List<Path> emptyFolders(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            var empty = new TreeSet<Path>();
            for (var path : (Iterable<Path>) all::iterator) {
                if (!path.equals(folder)) {
                    empty.remove(path.getParent());
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        empty.add(path);
                    }
                }
            }
            return List.copyOf(empty);
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    private static NightException unreadable(Path folder, Exception e) {
        return new NightException(
                ExitCode.IO,
                "%s cannot be read: %s. Check the disk and its permissions.".formatted(folder, IoReason.of(e, folder)),
                e);
    }

    private static String digest(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Sha256.hex(file) : NO_FILE;
    }
}
