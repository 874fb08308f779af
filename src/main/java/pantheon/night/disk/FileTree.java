package pantheon.night.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;

/** A file or folder with all that is in it; links in it are not followed. One that is not there is empty. */
public final class FileTree {
    private FileTree() {}

    /** Removes it. */
    public static void remove(Path top) throws IOException {
        if (!isThere(top)) {
            return;
        }
        try (var files = Files.walk(top)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The bytes of its files together. */
    public static long size(Path top) throws IOException {
        if (!isThere(top)) {
            return 0;
        }
        try (var files = Files.walk(top)) {
            long bytes = 0;
            for (var file : (Iterable<Path>) files::iterator) {
                bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
            }
            return bytes;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isThere(Path top) {
        return Files.exists(top, LinkOption.NOFOLLOW_LINKS);
    }
}
