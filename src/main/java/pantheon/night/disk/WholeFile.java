package pantheon.night.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/** Files that a reader finds as they were or as they are now, and never half of them. */
public final class WholeFile {
    private WholeFile() {}

    /** Puts a text in the place of what a file holds, if it is there; its folder is. */
    public static void replace(Path file, String text) throws IOException {
        replace(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Something to do to a file before it gets its name. */
    @FunctionalInterface
    public interface Step {
        void take(Path file) throws IOException;
    }

    /** Writes beside the file, and renames once that is on the disk. */
    public static void replace(Path file, byte[] content) throws IOException {
        replace(file, content, half -> {});
    }

    /** The same; the new file is made ready, its mode for one, before it has its name. */
    public static void replace(Path file, byte[] content, Step ready) throws IOException {
        var half = file.resolveSibling(".%s.%s.new".formatted(file.getFileName(), UUID.randomUUID()));
        var disk = Disk.local();
        try {
            try (var out = disk.create(half)) {
                out.write(content);
                ready.take(half);
                out.sync();
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
        disk.syncFolder(Objects.requireNonNull(half.toAbsolutePath().getParent()));
    }
}
