package pantheon.night.workspace.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import pantheon.night.KeptOrder;
import pantheon.night.local.Architecture;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/**
 * What a file or directory carries besides its name and content: owner, mode, names, what statx(2) tells of it (a mount
 * on it for one), the flags of chattr(1), and the extended attributes, in which access control lists are kept too.
 *
 * @param links how many names a file has, 1 for a directory
 * @param attributes {@code STATX_ATTR_…}
 * @param flags {@code FS_…_FL}, those that a user can set; 0 where the file system has none, −1 where they may not be read
 * @param extended by their names, values as hex digits
 */
public record Traits(
        int user, int group, int mode, int links, long attributes, long flags, Map<String, String> extended) {
    private static final Kernel KERNEL = new Kernel(Architecture.current());

    private static final int MOUNT_ROOT = 0x2000;
    private static final int STATX_BYTES = 256;
    private static final int STATX_BASIC = 0x7ff;
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;

    private static final int TYPE = 0xf000;
    private static final int TYPE_FILE = 0x8000;
    private static final int TYPE_DIRECTORY = 0x4000;

    /** {@code O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC}; the second has another number on ARM. */
    private static final long OPEN =
            0x800 | 0x80000 | (Architecture.current() == Architecture.AARCH64 ? 0x8000 : 0x20000);

    private static final long GET_FLAGS = 0x80086601L;

    /** Those of {@code FS_FL_USER_MODIFIABLE}, and no copying on write, direct access, project and case. */
    private static final long USER_FLAGS = 0x000380ff | 0x00800000 | 0x02000000 | 0x20000000 | 0x40000000;

    /** Nothing that was just made has them. */
    private static final long UNREADABLE = -1;

    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int EINVAL = 22;
    private static final int ENOTTY = 25;
    private static final int EOPNOTSUPP = 95;

    /** What is answered where a file system has no such thing. */
    private static final Set<Integer> NONE_HERE = Set.of(EINVAL, ENOTTY, EOPNOTSUPP);

    public Traits {
        extended = KeptOrder.map(extended);
    }

    /** Of a name in an open directory, no link followed. */
    public static Traits of(OpenDirectory directory, Path name) throws IOException {
        return of(directory.resolve(name));
    }

    /** Of an open directory itself. */
    public static Traits ofTop(OpenDirectory top) throws IOException {
        return of(top.resolve(Path.of("")));
    }

    /** Whether something else is mounted on a name in an open directory. */
    static boolean isMount(OpenDirectory directory, Path name) throws IOException {
        try (var arena = Arena.ofConfined()) {
            return (attributes(stat(arena, directory.resolve(name))) & MOUNT_ROOT) != 0;
        } catch (NoSuchFileException e) {
            return false; // a name whose bytes are no text; no one who mounts gives such names
        }
    }

    private static Traits of(Path path) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var stat = stat(arena, path);
            int mode = Short.toUnsignedInt(stat.get(ValueLayout.JAVA_SHORT, 28));
            boolean directory = (mode & TYPE) == TYPE_DIRECTORY;
            return new Traits(
                    stat.get(ValueLayout.JAVA_INT, 20),
                    stat.get(ValueLayout.JAVA_INT, 24),
                    mode,
                    directory ? 1 : stat.get(ValueLayout.JAVA_INT, 16),
                    attributes(stat),
                    directory || (mode & TYPE) == TYPE_FILE ? flags(arena, path) : 0,
                    extended(arena, path));
        }
    }

    private static long attributes(MemorySegment stat) {
        return stat.get(ValueLayout.JAVA_LONG, 8);
    }

    private static MemorySegment stat(Arena arena, Path path) throws IOException {
        var stat = arena.allocate(STATX_BYTES, Long.BYTES);
        var outcome = KERNEL.call(
                SystemCall.STATX, AT_FDCWD, text(arena, path), AT_SYMLINK_NOFOLLOW, STATX_BASIC, stat.address());
        require(outcome, path, "statx");
        return stat;
    }

    private static long flags(Arena arena, Path path) throws IOException {
        var opened = KERNEL.call(SystemCall.OPENAT, AT_FDCWD, text(arena, path), OPEN);
        if (opened.errno() == EACCES) {
            return UNREADABLE;
        }
        require(opened, path, "open");
        try {
            var flags = arena.allocate(ValueLayout.JAVA_LONG);
            var outcome = KERNEL.call(SystemCall.IOCTL, opened.value(), GET_FLAGS, flags.address());
            if (NONE_HERE.contains(outcome.errno())) {
                return 0;
            }
            require(outcome, path, "FS_IOC_GETFLAGS");
            return flags.get(ValueLayout.JAVA_INT, 0) & USER_FLAGS;
        } finally {
            KERNEL.call(SystemCall.CLOSE, opened.value());
        }
    }

    private static Map<String, String> extended(Arena arena, Path path) throws IOException {
        var extended = new TreeMap<String, String>();
        var names = filled(arena, path, SystemCall.LLISTXATTR, text(arena, path));
        for (var name : new String(names, StandardCharsets.ISO_8859_1).split("\0", -1)) {
            if (!name.isEmpty()) {
                var given = arena.allocateFrom(name, StandardCharsets.ISO_8859_1);
                var value = filled(arena, path, SystemCall.LGETXATTR, text(arena, path), given.address());
                extended.put(name, HexFormat.of().formatHex(value));
            }
        }
        return extended;
    }

    /** What a call gives into a buffer, which it is given last, with its size. */
    private static byte[] filled(Arena arena, Path path, SystemCall call, long... first) throws IOException {
        var size = KERNEL.call(call, Arrays.copyOf(first, first.length + 2));
        if (NONE_HERE.contains(size.errno()) || size.value() == 0) {
            return new byte[0];
        }
        require(size, path, call.name());
        var buffer = arena.allocate(size.value());
        var arguments = Arrays.copyOf(first, first.length + 2);
        arguments[first.length] = buffer.address();
        arguments[first.length + 1] = size.value();
        var given = KERNEL.call(call, arguments);
        require(given, path, call.name());
        return buffer.asSlice(0, given.value()).toArray(ValueLayout.JAVA_BYTE);
    }

    private static long text(Arena arena, Path path) {
        return arena.allocateFrom(path.toString()).address();
    }

    private static void require(Kernel.Outcome outcome, Path path, String call) throws IOException {
        if (outcome.errno() == ENOENT) {
            throw new NoSuchFileException(path.toString());
        }
        if (!outcome.succeeded()) {
            throw new FileSystemException(path.toString(), null, "%s: errno %d".formatted(call, outcome.errno()));
        }
    }
}
