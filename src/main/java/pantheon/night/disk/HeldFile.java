package pantheon.night.disk;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file held by its descriptor, so that what it was when it was looked at is what is read, whatever its name leads to by
 * then. Opening it waits for nobody, also where it is a pipe (open(2), O_NONBLOCK).
 */
final class HeldFile implements AutoCloseable {
    /** O_RDONLY, O_NONBLOCK and O_CLOEXEC, which x86-64 and AArch64 have in common. */
    private static final int FLAGS = 0_2004000;

    private static final int LEAST_BYTES = 4096;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final ValueLayout INT = ValueLayout.JAVA_INT;
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle OPEN = libc(
            "open",
            FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = libc("close", FunctionDescriptor.of(INT, INT));

    private final int descriptor;

    private HeldFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** @throws FileSystemException where it cannot be opened */
    static HeldFile open(Path file) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            int descriptor = opened(state, arena.allocateFrom(file.toString()));
            if (descriptor < 0) {
                throw failed(file, (int) ERRNO.get(state, 0L));
            }
            return new HeldFile(descriptor);
        }
    }

    /** Where this file is, as long as it is held (proc(5), {@code /proc/self/fd}). */
    Path path() {
        return Path.of("/proc/self/fd", Integer.toString(descriptor));
    }

    /**
     * What it holds, up to a number of bytes and one more, which shows that there are more.
     *
     * @param likely how many bytes it has, as far as anybody knows
     * @param file its name
     */
    byte[] bytes(int most, long likely, Path file) throws IOException {
        try (var arena = Arena.ofConfined()) {
            var state = arena.allocate(Linker.Option.captureStateLayout());
            var buffer = arena.allocate(Math.min(likely, most) + 1);
            long filled = 0;
            for (long read = 1; read > 0 && filled <= most; filled += read) {
                if (filled == buffer.byteSize()) {
                    buffer = arena.allocate(Math.min(Math.max(2 * filled, LEAST_BYTES), most) + 1)
                            .copyFrom(buffer);
                }
                read = Reading.read(state, descriptor, buffer.asSlice(filled), file);
            }
            return buffer.asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /** What reading needs, which most that is held is not read by. */
    private static final class Reading {
        private static final MethodHandle READ = libc(
                "read",
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG),
                Linker.Option.captureCallState("errno"));

        private Reading() {}

        static long read(MemorySegment state, int descriptor, MemorySegment into, Path file) throws IOException {
            long read;
            try {
                read = (long) READ.invokeExact(state, descriptor, into, into.byteSize());
            } catch (Throwable e) {
                throw new IllegalStateException("the call of libc's read failed", e);
            }
            if (read < 0) {
                throw new FileSystemException(
                        file.toString(), null, "it cannot be read (errno %d)".formatted((int) ERRNO.get(state, 0L)));
            }
            return read;
        }
    }

    @Override
    public void close() {
        try {
            int closed = (int) CLOSE.invokeExact(descriptor);
            assert closed == 0 : "descriptor %d was closed by somebody else".formatted(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of libc's close failed", e);
        }
    }

    private static int opened(MemorySegment state, MemorySegment path) {
        try {
            return (int) OPEN.invokeExact(state, path, FLAGS);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of libc's open failed", e);
        }
    }

    private static FileSystemException failed(Path file, int errno) {
        return switch (errno) {
            case ENOENT -> new NoSuchFileException(file.toString());
            case EACCES -> new AccessDeniedException(file.toString());
            default ->
                new FileSystemException(file.toString(), null, "it cannot be opened (errno %d)".formatted(errno));
        };
    }

    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private static MethodHandle libc(String name, FunctionDescriptor type, Linker.Option... options) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
    }
}
