package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** The kernel, called through libc's {@code syscall}. */
public final class Kernel {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = syscallHandle();

    /** The architecture whose numbers are used. */
    private final Architecture architecture;

    public Kernel(Architecture architecture) {
        this.architecture = architecture;
    }

    public Architecture architecture() {
        return architecture;
    }

    /** What a call returned; {@code errno} is 0 where it did not fail. */
    public record Outcome(long value, int errno) {
        public boolean succeeded() {
            return errno == 0;
        }
    }

    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private static MethodHandle syscallHandle() {
        var word = ValueLayout.JAVA_LONG;
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(word, word, word, word, word, word, word),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(1));
    }

    /** Makes a call with up to five arguments; those not given are 0. */
    public Outcome call(SystemCall call, long... arguments) {
        return callNumber(call.number(architecture), arguments);
    }

    Outcome callNumber(long number, long... arguments) {
        var a = Arrays.copyOf(arguments, 5);
        try (var arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long value = (long) SYSCALL.invokeExact(state, number, a[0], a[1], a[2], a[3], a[4]);
            return new Outcome(value, value == -1 ? (int) ERRNO.get(state, 0L) : 0);
        } catch (Throwable e) {
            throw new IllegalStateException("the call of libc's syscall failed", e);
        }
    }
}
