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
