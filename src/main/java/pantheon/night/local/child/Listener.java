package pantheon.night.local.child;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/** The descriptor on which a filter asks about calls, see seccomp_unotify(2). */
final class Listener implements AutoCloseable {
    private static final long RECEIVE = 0xC0502100L;
    private static final long SEND = 0xC0182101L;
    private static final long IS_VALID = 0x40082102L;

    /** A struct seccomp_notif: the id, the thread, flags, then the number, the architecture, where, and six arguments. */
    private static final int ASKED_BYTES = 80;

    private static final int THREAD_AT = 8;
    private static final int NUMBER_AT = 16;
    private static final int ARGUMENTS_AT = 32;
    private static final int ARGUMENTS = 6;

    /** A struct seccomp_notif_resp: the id, a value, an error below 0, flags. */
    private static final int ANSWER_BYTES = 24;

    private static final int ERROR_AT = 16;

    /** A struct pollfd: the descriptor, what is waited for, what came. */
    private static final int POLL_BYTES = 8;

    private static final int CAME_AT = 6;
    private static final short IN = 1;
    private static final int EINTR = 4;

    private final Kernel kernel;
    private final int descriptor;
    private final Map<Integer, SystemCall> calls;

    Listener(Kernel kernel, int descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
        this.calls = AskedCall.byNumber(kernel.architecture());
    }

    /** Waits for the next call; empty once no process is left that could make one. */
    Optional<AskedCall> next() {
        try (var arena = Arena.ofConfined()) {
            while (comes(arena)) {
                var asked = arena.allocate(ASKED_BYTES, Long.BYTES);
                if (kernel.call(SystemCall.IOCTL, descriptor, RECEIVE, asked.address())
                        .succeeded()) {
                    return Optional.of(parse(asked));
                } // else whoever asked was ended meanwhile
            }
            return Optional.empty();
        }
    }

    private boolean comes(Arena arena) {
        var poll = arena.allocate(POLL_BYTES, Integer.BYTES);
        poll.set(ValueLayout.JAVA_INT, 0, descriptor);
        poll.set(ValueLayout.JAVA_SHORT, Integer.BYTES, IN);
        var outcome = kernel.call(SystemCall.PPOLL, poll.address(), 1);
        while (outcome.errno() == EINTR) {
            outcome = kernel.call(SystemCall.PPOLL, poll.address(), 1);
        }
        return (poll.get(ValueLayout.JAVA_SHORT, CAME_AT) & IN) != 0;
    }

    private AskedCall parse(MemorySegment asked) {
        var call = calls.get(asked.get(ValueLayout.JAVA_INT, NUMBER_AT));
        if (call == null) {
            throw new IllegalStateException("a filter asked about a call that it should have decided");
        }
        List<Long> arguments = LongStream.range(0, ARGUMENTS)
                .map(index -> asked.get(ValueLayout.JAVA_LONG, ARGUMENTS_AT + index * Long.BYTES))
                .boxed()
                .toList();
        return new AskedCall(
                asked.get(ValueLayout.JAVA_LONG, 0), asked.get(ValueLayout.JAVA_INT, THREAD_AT), call, arguments);
    }

    /** Whether the thread that asked still waits, so that its id was its own all along. */
    boolean stillWaits(AskedCall call) {
        try (var arena = Arena.ofConfined()) {
            var id = arena.allocateFrom(ValueLayout.JAVA_LONG, call.id());
            return kernel.call(SystemCall.IOCTL, descriptor, IS_VALID, id.address())
                    .succeeded();
        }
    }

    /** Ends a call: with success, or with an errno. */
    void answer(AskedCall call, int errno) {
        try (var arena = Arena.ofConfined()) {
            var answer = arena.allocate(ANSWER_BYTES, Long.BYTES);
            answer.set(ValueLayout.JAVA_LONG, 0, call.id());
            answer.set(ValueLayout.JAVA_INT, ERROR_AT, -errno);
            kernel.call(SystemCall.IOCTL, descriptor, SEND, answer.address());
        }
    }

    @Override
    public void close() {
        kernel.call(SystemCall.CLOSE, descriptor);
    }
}
