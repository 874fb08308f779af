package pantheon.night.local.preflight;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.local.Confinement;
import pantheon.night.local.Finding;
import pantheon.night.local.Kernel;
import pantheon.night.local.SeccompFilter;
import pantheon.night.local.SystemCall;

/** Calls that show what the kernel refuses. No packet is sent, also where nothing is refused. */
final class Probes {
    private static final int AF_INET = 2;
    private static final int DATAGRAM = 2;

    /** Stream, datagram, raw, sequenced packets: of each family one of them can be made. */
    private static final List<Integer> TYPES = List.of(1, DATAGRAM, 3, 5);

    /** More than the 46 families of today's kernels. */
    private static final int FAMILIES = 64;

    private static final Map<Integer, String> NAMES = Map.of(
            AF_INET,
            "AF_INET",
            10,
            "AF_INET6",
            16,
            "AF_NETLINK",
            17,
            "AF_PACKET",
            31,
            "AF_BLUETOOTH",
            38,
            "AF_ALG",
            40,
            "AF_VSOCK",
            44,
            "AF_XDP");

    /** Loading another kernel with wrong arguments might unload the one that is prepared. */
    private static final Set<SystemCall> NOT_TRIED =
            Set.of(SystemCall.KEXEC_LOAD, SystemCall.KEXEC_FILE_LOAD, SystemCall.IO_URING_SETUP);

    private static final int ENOSYS = 38;
    private static final int EPERM = 1;

    private final Kernel kernel;

    Probes(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Tries every family but AF_UNIX. */
    Finding sockets() {
        var made = new ArrayList<String>();
        for (int family = AF_INET; family < FAMILIES; family++) {
            if (canBeMade(family)) {
                made.add(NAMES.getOrDefault(family, "family " + family) + (family == AF_INET ? route() : ""));
            }
        }
        return made.isEmpty() ? new Finding(true, "all refused") : new Finding(false, Finding.names(made) + " made");
    }

    private boolean canBeMade(int family) {
        for (int type : TYPES) {
            var socket = kernel.call(SystemCall.SOCKET, family, type);
            if (socket.succeeded()) {
                kernel.call(SystemCall.CLOSE, socket.value());
                return true;
            }
        }
        return false;
    }

    /** Whether a socket would have a way out: connecting a datagram socket looks up the route and sends nothing. */
    private String route() {
        var socket = kernel.call(SystemCall.SOCKET, AF_INET, DATAGRAM);
        if (!socket.succeeded()) {
            return "";
        }
        try (var arena = Arena.ofConfined()) {
            var address = addressOfNobody(arena);
            var connected = kernel.call(SystemCall.CONNECT, socket.value(), address.address(), address.byteSize());
            return connected.succeeded() ? " (with a route)" : " (without a route)";
        } finally {
            kernel.call(SystemCall.CLOSE, socket.value());
        }
    }

    /** A {@code sockaddr_in}: the port discard of an address kept for documentation. */
    private static MemorySegment addressOfNobody(Arena arena) {
        var address = arena.allocate(16);
        address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_INET);
        address.set(ValueLayout.JAVA_BYTE, 3, (byte) 9);
        byte[] documentation = {(byte) 192, 0, 2, 1};
        address.asSlice(4).copyFrom(MemorySegment.ofArray(documentation));
        return address;
    }

    Finding ring() {
        var outcome = kernel.call(SystemCall.IO_URING_SETUP, 1);
        return new Finding(refused(outcome), refused(outcome) ? "refused" : "answered (errno " + outcome.errno() + ")");
    }

    /** Tries what the filter denies, with arguments that no call takes. */
    Finding deniedCalls() {
        var answered = new TreeSet<String>();
        for (var call : SeccompFilter.DENIED) {
            if (!NOT_TRIED.contains(call) && !refused(kernel.call(call, -1, -1, -1, -1, -1))) {
                answered.add(call.name().toLowerCase(Locale.ROOT));
            }
        }
        return answered.isEmpty()
                ? new Finding(true, "all refused")
                : new Finding(false, Finding.names(answered) + " answered");
    }

    private static boolean refused(Kernel.Outcome outcome) {
        return outcome.errno() == EPERM || outcome.errno() == ENOSYS;
    }

    /** Whether the process is dumpable, and how large a core dump may be. */
    Finding coreDumps() {
        long dumpable = kernel.call(SystemCall.PRCTL, Confinement.GET_DUMPABLE).value();
        try (var arena = Arena.ofConfined()) {
            var softAndHard = arena.allocate(ValueLayout.JAVA_LONG, 2);
            kernel.call(SystemCall.PRLIMIT, 0, Confinement.RLIMIT_CORE, 0, softAndHard.address());
            long limit = softAndHard.get(ValueLayout.JAVA_LONG, Long.BYTES);
            return new Finding(
                    dumpable == 0 && limit == 0,
                    (dumpable == 0 ? "not dumpable" : "dumpable") + ", limit "
                            + (limit < 0 ? "none" : Long.toString(limit)));
        }
    }
}
