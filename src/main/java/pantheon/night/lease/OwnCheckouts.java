package pantheon.night.lease;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import pantheon.night.disk.FileTree;

/** The checkouts of a lease's owners, in a folder each: what an overtaken one still writes or clears is in nobody's. */
final class OwnCheckouts {
    private static final String OWNER = "owner-";
    private static final Pattern NAME = Pattern.compile(OWNER + "([0-9]{1,18})");

    private OwnCheckouts() {}

    static Path of(Path folder, long owner) {
        return folder.resolve(OWNER + owner);
    }

    static void removeBefore(Path folder, long owner) throws IOException {
        for (var earlier : Files.isDirectory(folder) ? earlier(folder, owner) : List.<Path>of()) {
            try {
                FileTree.remove(earlier);
            } catch (IOException e) {
                // something still writes in it; the next owner removes it
            }
        }
    }

    private static List<Path> earlier(Path folder, long owner) throws IOException {
        try (var folders = Files.list(folder)) {
            return folders.filter(each -> isBefore(each.getFileName().toString(), owner))
                    .toList();
        }
    }

    private static boolean isBefore(String name, long owner) {
        var match = NAME.matcher(name);
        return match.matches() && Long.parseLong(match.group(1)) < owner;
    }
}
