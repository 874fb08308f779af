package pantheon.night.past;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.disk.FileLocks;
import pantheon.night.disk.RegularFile;

/**
 * The locks on the two folders that a night writes, its state and its journals: one night at a time in each. The kernel
 * frees them when the process ends, however it ends; each file names the owner for whoever waits, and a name that is
 * left in a free lock tells that its owner was killed.
 */
public final class NightLock {
    private static final String NAME = "lock";
    private static final int MOST_BYTES = 1 << 26;
    /** The kernel's list of locks. */
    private static final Path LOCKS = Path.of("/proc/locks");

    /** What stands in a lock: nothing, or its owner. */
    private static final Pattern OWNER = Pattern.compile("\\s*|process [0-9]+ since [ -~]{1,60}\\s*");

    private static final Set<OpenOption> OPEN = Set.of(
            StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private NightLock() {}

    /**
     * Does something while both locks are held.
     *
     * @param state the one folder, and {@code log} the other; made where they are missing
     * @param stale is told the owner that was killed, if there is one
     * @throws NightException with exit code 73 where another night holds a lock or it cannot be taken
     */
    public static <T> T whileHeld(Path state, Path log, Consumer<String> stale, Supplier<T> action) {
        return whileHeld(state, log, false, stale, action);
    }

    /**
     * The same, and on without a lock that another process of this machine holds, where somebody else made sure that it
     * writes nothing any more.
     *
     * @param isFenced whether that is so
     */
    public static <T> T whileHeld(Path state, Path log, boolean isFenced, Consumer<String> stale, Supplier<T> action) {
        var me = "process %d since %s".formatted(ProcessHandle.current().pid(), Instant.now());
        var told = new HashSet<String>();
        Consumer<String> once = owner -> {
            if (told.add(owner)) {
                stale.accept(owner);
            }
        };
        return whileHeld(
                state,
                me,
                isFenced,
                once,
                () -> isSameFolder(state, log) ? action.get() : whileHeld(log, me, isFenced, once, action));
    }

    private static <T> T whileHeld(
            Path folder, String me, boolean isFenced, Consumer<String> stale, Supplier<T> action) {
        var file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            requireOwn(file);
            try (var channel = FileChannel.open(file, OPEN)) {
                var lock = FileLocks.take(channel);
                var owner = read(channel);
                if (!OWNER.matcher(owner).matches()) {
                    throw foreign(file, "holds something else than the name of an owner");
                }
                if (lock == null && isFenced) {
                    return action.get();
                }
                if (lock == null) {
                    throw new NightException(
                            ExitCode.CANT_CREATE,
                            "another night is running in %s: %s. Wait for it, or set both state and log to folders that it does not use."
                                    .formatted(folder, owner.isBlank() ? "its owner is not known" : owner.strip()));
                }
                if (!owner.isBlank()) {
                    stale.accept(owner.strip());
                }
                write(channel, me);
                try {
                    return action.get();
                } finally {
                    channel.truncate(0);
                }
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be locked: %s. Check the folder's owner and the disk's free space."
                            .formatted(file, IoReason.of(e, file)),
                    e);
        }
    }

    /**
     * Makes sure that what stands where a folder's lock belongs can be one.
     *
     * @throws NightException with exit code 73 where it is no regular file
     */
    public static void require(Path folder) {
        requireOwn(folder.resolve(NAME));
    }

    /** What is no file of this program's is neither read nor emptied, whatever it may lead to. */
    private static void requireOwn(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw foreign(file, Files.isSymbolicLink(file) ? "is a symbolic link" : "is no regular file");
        }
    }

    private static NightException foreign(Path file, String what) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "%s %s, so it is no lock of this program and was left alone. Look at it, and move it away."
                        .formatted(file, what));
    }

    private static boolean isSameFolder(Path state, Path log) {
        try {
            return Files.exists(log) && Files.isSameFile(state, log);
        } catch (IOException e) {
            throw cannotTell(log, e);
        }
    }

    /**
     * Who holds a lock of these folders now, asked of the kernel without touching it; empty where nobody does. Not for
     * the process that holds it itself, for it would lose the lock by closing the file.
     *
     * @throws NightException with exit code 74 where the kernel does not tell
     */
    public static Optional<String> owner(Path state, Path log) {
        return owner(state).or(() -> owner(log));
    }

    private static Optional<String> owner(Path folder) {
        var file = folder.resolve(NAME);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            long device = (Long) Files.getAttribute(file, "unix:dev", LinkOption.NOFOLLOW_LINKS);
            long inode = (Long) Files.getAttribute(file, "unix:ino", LinkOption.NOFOLLOW_LINKS);
            var locks = RegularFile.lines(LOCKS, MOST_BYTES);
            var text = RegularFile.text(file, MOST_BYTES);
            var owner = OWNER.matcher(text).matches() ? text.strip() : "";
            return isHeld(locks, device, inode, owner)
                    ? Optional.of(owner.isEmpty() ? "its owner is not known" : owner)
                    : Optional.empty();
        } catch (IOException e) {
            throw cannotTell(folder, e);
        }
    }

    private static NightException cannotTell(Path folder, IOException e) {
        return new NightException(
                ExitCode.IO,
                "whether a night runs in %s cannot be told: %s. Check the folder's permissions and that /proc is there."
                        .formatted(folder, IoReason.of(e, folder)),
                e);
    }

    /**
     * Whether a file is locked as a night locks it. A line of the list is, by proc_locks(5), {@code 1: POSIX ADVISORY
     * WRITE 4711 fe:00:2190107 0 EOF}: kind, access, process, and the file as device and inode.
     *
     * <p>On file systems without a device of their own, as btrfs and overlayfs, the list can name another device than the
     * file's attributes do. There the lock has to be of the process that the file names.
     *
     * @param device as stat(2) gives it
     */
    static boolean isHeld(List<String> locks, long device, long inode, String owner) {
        long major = ((device >> 8) & 0xfff) | ((device >> 32) & ~0xfffL);
        long minor = (device & 0xff) | ((device >> 12) & ~0xffL);
        var file = "%02x:%02x:%d".formatted(major, minor, inode);
        return locks.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(lock -> lock.length > 5 && lock[1].equals("POSIX") && lock[3].equals("WRITE"))
                .anyMatch(lock -> lock[5].equals(file)
                        || (lock[5].startsWith("00:")
                                && major == 0
                                && lock[5].endsWith(":" + inode)
                                && owner.startsWith("process " + lock[4] + " ")));
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
}
