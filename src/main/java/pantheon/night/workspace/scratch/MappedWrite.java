package pantheon.night.workspace.scratch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import pantheon.night.workspace.files.FileStamp;
import pantheon.night.workspace.files.OpenDirectory;
import pantheon.night.workspace.files.Removal;

/**
 * A write into memory that a file is mapped to, after a read of it. Most file systems give the file a new time then; tmpfs
 * gives it none, so a stamp there does not tell that a file is as it was.
 */
final class MappedWrite {
    /** Longer than a tick of the kernel's clock. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private MappedWrite() {}

    /** Whether a stamp tells of one here, tried on a sample that is gone again afterwards. */
    static boolean isTold(OpenDirectory top) throws IOException {
        var name = OpenDirectory.randomName();
        top.createFile(name, false, out -> out.write('a'));
        try (var arena = Arena.ofConfined();
                var file = FileChannel.open(
                        top.resolve(name),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS)) {
            var memory = file.map(MapMode.READ_WRITE, 0, 1, arena);
            int letter = memory.get(ValueLayout.JAVA_BYTE, 0);
            var before = FileStamp.of(top, name);
            awaitTick();
            memory.set(ValueLayout.JAVA_BYTE, 0, (byte) (letter + 1));
            return !FileStamp.of(top, name).equals(before);
        } finally {
            new Removal(top).remove(top, name);
        }
    }

    private static void awaitTick() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TICK_NANOS) {
            LockSupport.parkNanos(TICK_NANOS);
        }
    }
}
