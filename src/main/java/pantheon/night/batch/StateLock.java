package pantheon.night.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** The lock on a state folder: one night at a time. The kernel frees it when the process ends, however it ends. */
public final class StateLock {
    private StateLock() {}

    /**
     * Does something while the lock is held.
     *
     * @param state the folder; made where it is missing
     * @throws NightException with exit code 73 where another night holds the lock or it cannot be taken
     */
    public static <T> T whileHeld(Path state, Supplier<T> action) {
        var file = state.resolve("lock");
        try {
            Files.createDirectories(state);
            try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                if (tryLock(channel) == null) {
                    throw new NightException(
                            ExitCode.CANT_CREATE,
                            "another night is running in %s. Wait for it, or set state to another folder."
                                    .formatted(state));
                }
                return action.get();
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be locked: %s. Check the folder's owner and the disk's free space.".formatted(file, e),
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }
}
