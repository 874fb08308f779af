package pantheon.night.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.RegularFile;
import pantheon.night.disk.SharedMode;
import pantheon.night.disk.WholeFile;

/**
 * A queue file that lines are added to: a whole new one takes its place, or it stays as it was. It then belongs to who
 * added last; its group and its mode are as {@link SharedMode} has them.
 */
final class QueueFile {
    /** A larger one is for another file. */
    private static final int LARGEST_BYTES = 1 << 30;

    private final Path named;
    private final Path file;

    /**
     * A file that is there, or is to be made in a folder that is; a link is followed.
     *
     * @throws NightException with exit code 73 where it is no regular file, or a link that leads nowhere
     */
    QueueFile(Path named) {
        this.named = named;
        try {
            this.file = Files.exists(named, LinkOption.NOFOLLOW_LINKS) ? named.toRealPath() : named.toAbsolutePath();
        } catch (IOException e) {
            throw failed(e);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw refused("is no regular file");
        }
    }

    /** Where it is, links followed. */
    Path path() {
        return file;
    }

    /** Adds whole lines behind what the file holds; a last line that has no end is ended first. */
    void add(List<String> lines) {
        try {
            requireWritable();
            var before = Files.exists(file) ? RegularFile.bytes(file, LARGEST_BYTES) : new byte[0];
            boolean isOpen = before.length > 0 && before[before.length - 1] != '\n';
            var more = ((isOpen ? "\n" : "") + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
            var whole = Arrays.copyOf(before, Math.addExact(before.length, more.length));
            System.arraycopy(more, 0, whole, before.length, more.length);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            WholeFile.replace(file, whole, half -> SharedMode.set(half, file));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** A file that its owner has made read-only is meant to stay as it is, though its folder can be written. */
    private void requireWritable() throws IOException {
        if (Files.exists(file) && !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_WRITE)) {
            throw refused("is read-only");
        }
    }

    private NightException refused(String what) {
        return new NightException(
                ExitCode.CANT_CREATE, "%s %s. Nothing was added; name another file with --to.".formatted(named, what));
    }

    private NightException failed(IOException e) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "%s cannot be written: %s. Nothing was added; check the folder's owner, and the disk's free space."
                        .formatted(named, IoReason.of(e, named)),
                e);
    }
}
