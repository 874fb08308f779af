package pantheon.night.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import org.jspecify.annotations.Nullable;

/** Locks on whole files, which the kernel frees when the process ends, however it ends. */
public final class FileLocks {
    private FileLocks() {}

    /** Takes the lock; null where another process, or this very one, holds it. */
    public static @Nullable FileLock take(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
