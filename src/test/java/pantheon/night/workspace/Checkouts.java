package pantheon.night.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkouts in a scratch directory, whatever they are called; none where it is not there. */
public final class Checkouts {
    private Checkouts() {}

    public static List<Path> in(Path scratch) throws IOException {
        if (!Files.isDirectory(scratch)) {
            return List.of();
        }
        try (var entries = Files.list(scratch)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }
}
