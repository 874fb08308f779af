package pantheon.night.batch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * The lock on a state folder: one night at a time. The kernel frees it when the process ends, however it ends; the file
 * names the owner for whoever waits, and a name that is left in a free lock tells that its owner was killed.
 */
public final class StateLock {
    /** The kernel's list of locks. */
    private static final Path LOCKS = Path.of("/proc/locks");

    private StateLock() {}

    /**
     * Does something while the lock is held.
     *
     * @param state the folder; made where it is missing
     * @param stale is told the owner that was killed, if there is one
     * @throws NightException with exit code 73 where another night holds the lock or it cannot be taken
     */
    public static <T> T whileHeld(Path state, Consumer<String> stale, Supplier<T> action) {
        var file = state.resolve("lock");
        try {
            Files.createDirectories(state);
            try (var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                var lock = tryLock(channel);
                var owner = read(channel);
                if (lock == null) {
                    throw new NightException(
                            ExitCode.CANT_CREATE,
                            "another night is running in %s: %s. Wait for it, or set state to another folder."
                                    .formatted(state, owner.isBlank() ? "its owner is not known" : owner.strip()));
                }
                if (!owner.isBlank()) {
                    stale.accept(owner.strip());
                }
                write(
                        channel,
                        "process %d since %s".formatted(ProcessHandle.current().pid(), Instant.now()));
                try {
                    return action.get();
                } finally {
                    channel.truncate(0);
                }
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be locked: %s. Check the folder's owner and the disk's free space.".formatted(file, e),
                    e);
        }
    }

    /**
     * Who holds the lock now, asked of the kernel without touching it; empty where nobody does. Not for the process
     * that holds it itself, for it would lose the lock by closing the file.
     *
     * @throws NightException with exit code 74 where the kernel does not tell
     */
    public static Optional<String> owner(Path state) {
        var file = state.resolve("lock");
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
            var held =
                    Files.readAllLines(LOCKS).stream().anyMatch(lock -> lock.contains(inode) && lock.contains("WRITE"));
            var owner = Files.readString(file).strip();
            return held ? Optional.of(owner.isEmpty() ? "its owner is not known" : owner) : Optional.empty();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "whether a night runs in %s cannot be told: %s. Check the folder's permissions and that /proc is there."
                            .formatted(state, e),
                    e);
        }
    }

    /** Through the channel that holds the lock: when another one on the same file is closed, the kernel frees it. */
    private static String read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(256);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, String owner) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }
}
