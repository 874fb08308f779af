package pantheon.night.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;

/**
 * A lock that one writer of a folder that people share holds at a time. The kernel frees it when the process ends, however it ends; its
 * file stays, and holds nothing.
 *
 * @param file is made where it is missing, with its folder
 * @param patience how long another writer is waited for
 */
public record WriterLock(Path file, Duration patience) {
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * Does something while the lock is held.
     *
     * @throws NightException with exit code 73 where it cannot be had
     */
    public <T> T whileHeld(Supplier<T> action) {
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            if (!Files.exists(file)) {
                make();
            }
            RegularFile.require(file); // to open a pipe would wait for its reader
            try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                    var held = lock(channel)) {
                Objects.requireNonNull(held);
                return action.get();
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the lock %s cannot be had: %s. Nothing was added; check the folder's owner, and the disk's free space."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /** It has its mode before it has its name, so that nobody finds one that is closed to the group. */
    private void make() throws IOException {
        var made = file.resolveSibling(".%s.lock".formatted(UUID.randomUUID()));
        try {
            Files.createFile(made);
            SharedMode.set(made, file);
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            return; // another one was as quick
        } finally {
            Files.deleteIfExists(made);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        for (var waited = Duration.ZERO; waited.compareTo(patience) <= 0; waited = waited.plus(POLL)) {
            var lock = FileLocks.take(channel);
            if (lock != null) {
                return lock;
            }
            sleep();
        }
        throw new NightException(
                ExitCode.CANT_CREATE,
                "another command is writing there, and holds %s. Nothing was added; try again when it has ended."
                        .formatted(file));
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another command was waited for", e);
        }
    }
}
