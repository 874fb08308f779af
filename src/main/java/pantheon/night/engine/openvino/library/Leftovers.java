package pantheon.night.engine.openvino.library;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import pantheon.night.disk.RegularFile;

/**
 * Memory that loading a model leaves behind: pages of the file of its weights, which the library keeps mapped beside the
 * copy that it computes with, and what the allocator has not given back. A page that is needed again is read again.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/madvise.2.html">madvise(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man3/malloc_trim.3.html">malloc_trim(3)</a>
 */
public final class Leftovers {
    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final Pattern RANGE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r--");
    private static final int MOST_BYTES = 1 << 24;
    private static final int MADV_DONTNEED = 4;
    private static final int HEX = 16;

    private Leftovers() {}

    /**
     * Gives it back, as far as that can be had.
     *
     * @param weights the file, mapped for reading alone
     */
    public static void giveBack(Path weights) {
        try {
            RegularFile.lines(MAPPINGS, MOST_BYTES).stream()
                    .filter(line -> line.endsWith(" " + weights.toAbsolutePath()))
                    .flatMap(line -> RANGE.matcher(line).results())
                    .forEach(Leftovers::forget);
        } catch (IOException e) {
            return; // without /proc it stays
        }
        trim();
    }

    private static void forget(MatchResult range) {
        long from = Long.parseUnsignedLong(range.group(1), HEX);
        long bytes = Long.parseUnsignedLong(range.group(2), HEX) - from;
        call("madvise", MemorySegment.ofAddress(from), bytes, MADV_DONTNEED);
    }

    private static void trim() {
        call("malloc_trim", 0L);
    }

    /** Whether it could be done is not asked: nothing hangs on it. */
    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private static void call(String function, Object... arguments) {
        var linker = Linker.nativeLinker();
        var descriptor = FunctionDescriptor.of(ValueLayout.JAVA_INT, NativeCalls.layouts(arguments));
        try {
            linker.downcallHandle(linker.defaultLookup().findOrThrow(function), descriptor)
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of %s failed".formatted(function), e);
        }
    }
}
