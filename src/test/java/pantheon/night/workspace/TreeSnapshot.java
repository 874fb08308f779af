package pantheon.night.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything in a directory as one comparable value: kinds, permissions, contents and link targets, by path. */
public final class TreeSnapshot {
    private TreeSnapshot() {}

    public static SortedMap<String, String> of(Path directory) throws IOException {
        SortedMap<String, String> entries = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                entries.put(directory.relativize(path).toString(), describe(path));
            }
        }
        return entries;
    }

    private static String describe(Path path) throws IOException {
        String mode = Integer.toOctalString((int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
        if (Files.isSymbolicLink(path)) {
            return mode + " -> " + Files.readSymbolicLink(path);
        }
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                ? mode + " " + HexFormat.of().formatHex(Files.readAllBytes(path))
                : mode;
    }
}
