package pantheon.night.local.child;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/**
 * A thread of a tool that waits in a call: what its arguments name, seen from this process. It must be made sure
 * afterwards that the thread still waits: else another may have its id.
 */
final class AskedThread {
    /** A path's longest, with the zero that ends it. */
    private static final int PATH_BYTES = 4096;

    private static final int O_PATH = 0x200000;
    private static final int TO_READ = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_NOFOLLOW_ON_X86 = 0x20000;
    private static final int O_NOFOLLOW_ON_AARCH64 = 0x8000;
    private static final int AT_FDCWD = -100;

    /** How libc names a descriptor where the kernel has no call for what it wants. */
    private static final Pattern OWN_DESCRIPTOR = Pattern.compile("/proc/(?:thread-)?self/fd/([0-9]{1,9})");

    private final Kernel kernel;
    private final int noFollow;
    private final String proc;

    AskedThread(Kernel kernel, int thread) {
        this.kernel = kernel;
        this.noFollow = switch (kernel.architecture()) {
            case X86_64 -> O_NOFOLLOW_ON_X86;
            case AARCH64 -> O_NOFOLLOW_ON_AARCH64;
        };
        this.proc = "/proc/" + thread;
    }

    /** Opens what a target names, for its path alone; gives a descriptor, or what the caller is to be told. */
    Kernel.Outcome open(AskedCall.Target target) throws IOException {
        if (target.path() == 0) {
            return openDescriptor(target.directory());
        }
        byte[] path = path(target.path());
        var own = OWN_DESCRIPTOR.matcher(new String(path, StandardCharsets.ISO_8859_1));
        if (own.matches()) {
            return openDescriptor(Integer.parseInt(own.group(1)));
        }
        return path.length == 0 && target.mayBeEmpty() && !target.isWorkingDirectory()
                ? openDescriptor(target.directory())
                : openPath(target, path);
    }

    private Kernel.Outcome openDescriptor(int descriptor) {
        return open(AT_FDCWD, "%s/fd/%d".formatted(proc, descriptor).getBytes(StandardCharsets.US_ASCII), O_PATH);
    }

    private Kernel.Outcome openPath(AskedCall.Target target, byte[] path) {
        var name = target.isWorkingDirectory() ? "/cwd" : "/fd/" + target.directory();
        var base = open(AT_FDCWD, (proc + name).getBytes(StandardCharsets.US_ASCII), O_PATH);
        if (!base.succeeded()) {
            return base;
        }
        try {
            return open(base.value(), path, target.follow() ? O_PATH : O_PATH | noFollow);
        } finally {
            kernel.call(SystemCall.CLOSE, base.value());
        }
    }

    private Kernel.Outcome open(long directory, byte[] path, int flags) {
        try (var arena = Arena.ofConfined()) {
            return kernel.call(SystemCall.OPENAT, directory, name(arena, path), O_CLOEXEC | flags);
        }
    }

    private static long name(Arena arena, byte[] path) {
        var name = arena.allocate(path.length + 1L);
        MemorySegment.copy(path, 0, name, ValueLayout.JAVA_BYTE, 0, path.length);
        return name.address();
    }

    private byte[] path(long address) throws IOException {
        var path = new ByteArrayOutputStream();
        for (byte letter : memory(address, PATH_BYTES)) {
            if (letter == 0) {
                return path.toByteArray();
            }
            path.write(letter);
        }
        throw new IOException("a path without an end");
    }

    /** Some words of its memory. */
    long[] words(long address, int count) throws IOException {
        byte[] bytes = memory(address, count * Long.BYTES);
        if (bytes.length < count * Long.BYTES) {
            throw new IOException("no such memory");
        }
        var words = new long[count];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asLongBuffer().get(words);
        return words;
    }

    /** As much as there is, up to a bound. */
    private byte[] memory(long address, int bound) throws IOException {
        var memory = open(AT_FDCWD, (proc + "/mem").getBytes(StandardCharsets.US_ASCII), TO_READ);
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocate(bound);
            var read = kernel.call(SystemCall.PREAD64, memory.value(), bytes.address(), bound, address);
            if (!memory.succeeded() || !read.succeeded()) {
                throw new IOException("its memory cannot be read");
            }
            return bytes.asSlice(0, read.value()).toArray(ValueLayout.JAVA_BYTE);
        } finally {
            kernel.call(SystemCall.CLOSE, memory.value());
        }
    }
}
