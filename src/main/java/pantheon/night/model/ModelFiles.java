package pantheon.night.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;

/**
 * All that lies in a model's folder. What a link brings in from elsewhere could be replaced without the folder changing,
 * so a link may only name a file of the folder.
 */
final class ModelFiles {
    private ModelFiles() {}

    /**
     * The files but for the manifest, by their paths in the folder.
     *
     * @throws NightException with exit code 69 where something is neither folder nor file, or leads out
     */
    static SortedMap<String, Path> in(Path folder) {
        var files = new TreeMap<String, Path>();
        try (var walk = Files.walk(folder)) {
            for (var path : (Iterable<Path>) walk::iterator) {
                if (!path.equals(folder.resolve(ModelManifest.FILE)) && isFile(folder, path)) {
                    files.put(folder.relativize(path).toString(), path);
                }
            }
            return files;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The digest of each of them. */
    static SortedMap<String, String> digests(Path folder) {
        var digests = new TreeMap<String, String>();
        try {
            for (var file : in(folder).entrySet()) {
                digests.put(file.getKey(), Sha256.hex(file.getValue()));
            }
            return digests;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** What a change of any of them, or of a folder, also by renaming, would change; by path. */
    static Map<Path, String> stamps(Path folder) {
        var stamps = new TreeMap<Path, String>();
        try (var walk = Files.walk(folder)) {
            for (var path : (Iterable<Path>) walk::iterator) {
                stamps.put(
                        path,
                        new TreeMap<>(Files.readAttributes(
                                        path, "unix:ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS))
                                .toString());
            }
            return stamps;
        } catch (IOException | java.io.UncheckedIOException e) {
            throw unreadable(folder, e);
        }
    }

    /** False for a folder. */
    private static boolean isFile(Path folder, Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (Files.isSymbolicLink(path)) {
            requireInside(folder, path);
        } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(path, "is no regular file");
        }
        return true;
    }

    private static void requireInside(Path folder, Path link) throws IOException {
        if (Files.isDirectory(link)) {
            throw refused(link, "is a link to a folder");
        }
        if (!Files.isRegularFile(link)) {
            throw refused(link, "is a link that leads to no file");
        }
        if (!link.toRealPath().startsWith(folder.toRealPath())) {
            throw refused(link, "is a link that leads out of the model's folder");
        }
    }

    private static NightException refused(Path path, String what) {
        return ModelFolder.unusable(
                "%s %s, so nobody can tell what would be loaded".formatted(path, what),
                "Put the files themselves there, as cp -RL copies them.");
    }

    private static NightException unreadable(Path folder, Exception e) {
        return new NightException(
                ExitCode.UNAVAILABLE,
                "model folder %s cannot be read: %s. Check its permissions.".formatted(folder, IoReason.of(e, folder)),
                e);
    }
}
