package pantheon.night.local;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Set;

/**
 * Walls around a process of the tests, narrower than the program's own and added to them: it is killed at any socket and
 * wherever it makes, opens, changes or removes a file to write it, and may not choose its processors.
 */
public final class NarrowWalls {
    /** How a process ends, as a shell has it, that the filter has killed. */
    public static final int KILLED = 128 + 31;

    private static final int SET_MODE_FILTER = 1;
    private static final int ON_ALL_THREADS = 1;

    /** O_WRONLY, O_RDWR, O_CREAT and O_TRUNC. */
    private static final int WRITES = 0x1 | 0x2 | 0x40 | 0x200;

    private static final Set<SystemCall> SOCKETS =
            Set.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR, SystemCall.CONNECT, SystemCall.BIND);

    private static final Set<SystemCall> CHANGES = Set.of(
            SystemCall.OPENAT2,
            SystemCall.CREAT,
            SystemCall.MKDIR,
            SystemCall.MKDIRAT,
            SystemCall.MKNOD,
            SystemCall.MKNODAT,
            SystemCall.RENAME,
            SystemCall.RENAMEAT,
            SystemCall.RENAMEAT2,
            SystemCall.LINK,
            SystemCall.LINKAT,
            SystemCall.SYMLINK,
            SystemCall.SYMLINKAT,
            SystemCall.UNLINK,
            SystemCall.UNLINKAT,
            SystemCall.RMDIR,
            SystemCall.TRUNCATE,
            SystemCall.CHMOD,
            SystemCall.CHOWN);

    private static final Architecture ARCHITECTURE = Architecture.current();
    private static final Kernel KERNEL = new Kernel(ARCHITECTURE);

    private NarrowWalls() {}

    /** Puts them around this process, for good; the program's own are there already. */
    public static void raise() {
        try (var arena = Arena.ofConfined()) {
            var filter = BpfProgram.encode(program(), arena);
            var raised = KERNEL.call(SystemCall.SECCOMP, SET_MODE_FILTER, ON_ALL_THREADS, filter.address());
            if (raised.value() != 0) {
                throw new AssertionError("seccomp: errno " + raised.errno());
            }
        }
    }

    private static List<BpfProgram.Instruction> program() {
        return new BpfProgram(ARCHITECTURE)
                .decide(SOCKETS, BpfProgram.KILL_PROCESS)
                .decide(CHANGES, BpfProgram.KILL_PROCESS)
                .decide(Set.of(SystemCall.SCHED_SETAFFINITY), BpfProgram.fails(SeccompFilter.EPERM))
                .byBits(SystemCall.OPEN, 1, WRITES, BpfProgram.KILL_PROCESS)
                .byBits(SystemCall.OPENAT, 2, WRITES, BpfProgram.KILL_PROCESS)
                .otherwise(BpfProgram.ALLOW);
    }

    /** Makes a Unix socket, which the program's own walls allow. */
    public static void openSocket() {
        KERNEL.call(SystemCall.SOCKET, SeccompFilter.AF_UNIX, 1);
    }

    /** The errno of choosing processors for this thread, with an address that is none: EFAULT where it is not denied. */
    public static int errnoOfAffinity() {
        return KERNEL.call(SystemCall.SCHED_SETAFFINITY, 0, Long.BYTES, 0).errno();
    }
}
