package pantheon.night.engine.openvino.library;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Zeroed memory outside of the Java heap that the kernel gives page by page, where it is written to first. What was written
 * to stays until it is closed.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mmap.2.html">mmap(2)</a>
 */
public final class ReservedMemory implements AutoCloseable {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle MMAP = handle(
            "mmap",
            FunctionDescriptor.of(
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP =
            handle("munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));

    /** PROT_READ and PROT_WRITE. */
    private static final int READ_WRITE = 3;
    /** MAP_PRIVATE, MAP_ANONYMOUS and MAP_NORESERVE. */
    private static final int OURS = 0x4022;

    private static final int NO_FILE = -1;
    private static final long FAILED = -1;

    private final MemorySegment segment;

    /**
     * Reserves memory.
     *
     * @param bytes 1 or more
     * @throws OpenVinoFailed where the process may not have so much
     */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    public ReservedMemory(long bytes) {
        MemorySegment place;
        try {
            place = (MemorySegment) MMAP.invokeExact(MemorySegment.NULL, bytes, READ_WRITE, OURS, NO_FILE, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of mmap failed", e);
        }
        if (place.address() == FAILED) {
            throw new OpenVinoFailed("%d bytes of memory cannot be reserved".formatted(bytes));
        }
        segment = place.reinterpret(bytes);
    }

    public MemorySegment segment() {
        return segment;
    }

    /** Gives it back; nobody may look at it any more. */
    @Override
    public void close() {
        try {
            int ignored = (int) MUNMAP.invokeExact(segment, segment.byteSize());
        } catch (Throwable e) {
            throw new IllegalStateException("the call of munmap failed", e);
        }
    }

    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private static MethodHandle handle(String function, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(function), descriptor);
    }
}
