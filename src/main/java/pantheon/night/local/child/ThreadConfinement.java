package pantheon.night.local.child;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;
import pantheon.night.local.ToolFilter;

/**
 * What a thread that starts a tool takes from itself, beside what Landlock takes: every capability, so that a tool of
 * root's is root in name alone, and the system calls that a tool is not left.
 */
final class ThreadConfinement implements AutoCloseable {
    private static final int SET_MODE_FILTER = 1;

    /** A descriptor comes back on which the filter asks; only what ends the asking process interrupts it. */
    private static final int NEW_LISTENER = 1 << 3;

    private static final int WAIT_KILLABLE = 1 << 5;

    /** The kernel's _LINUX_CAPABILITY_VERSION_3: three masks, twice. */
    private static final int CAPABILITY_VERSION = 0x20080522;

    private static final int CAPABILITY_WORDS = 6;

    private static final Kernel.Outcome NOTHING_TO_DROP = new Kernel.Outcome(0, 0);

    private final Kernel kernel;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment filter;
    private final MemorySegment header = arena.allocate(ValueLayout.JAVA_INT, 2);
    private final MemorySegment noCapabilities = arena.allocate(ValueLayout.JAVA_INT, CAPABILITY_WORDS);
    private final MemorySegment capabilities = arena.allocate(ValueLayout.JAVA_INT, CAPABILITY_WORDS);
    private final int flags;

    /** @param metadata whether the filter asks, see {@link ToolFilter} */
    ThreadConfinement(Kernel kernel, boolean metadata) {
        this.kernel = kernel;
        this.filter = ToolFilter.encoded(kernel.architecture(), metadata, arena);
        this.flags = metadata ? NEW_LISTENER | WAIT_KILLABLE : 0;
        header.set(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION);
    }

    /** Gives the listening descriptor, 0 where the filter asks nobody. */
    Kernel.Outcome confineThisThread() {
        var dropped = hasCapabilities()
                ? kernel.call(SystemCall.CAPSET, header.address(), noCapabilities.address())
                : NOTHING_TO_DROP;
        return dropped.succeeded()
                ? kernel.call(SystemCall.SECCOMP, SET_MODE_FILTER, flags, filter.address())
                : dropped;
    }

    /** Where there are none, the call that drops them may be denied by a filter from outside, as the unit's. */
    private boolean hasCapabilities() {
        var asked = kernel.call(SystemCall.CAPGET, header.address(), capabilities.address());
        return !asked.succeeded() || capabilities.mismatch(noCapabilities) >= 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
