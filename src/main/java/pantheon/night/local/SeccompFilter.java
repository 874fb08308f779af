package pantheon.night.local;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The filter over all system calls of this process and its descendants. It denies what is named here and leaves the rest
 * alone, since a JVM and its native libraries need more than can be listed.
 */
public final class SeccompFilter {
    static final int EPERM = 1;
    static final int ENOSYS = 38;
    static final int EAFNOSUPPORT = 97;

    static final int AF_UNIX = 1;

    /** Every CLONE_NEW… flag of clone(2): a mount, cgroup, UTS, IPC, user, process or network namespace. */
    static final int NEW_NAMESPACE = 0x7E020000;

    /** The requests of ioctl(2) that put characters into a terminal's input, one of them by its selection. */
    static final int TIOCSTI = 0x5412;

    static final int TIOCLINUX = 0x541C;

    /** Fails with EPERM, whatever the arguments. */
    public static final Set<SystemCall> DENIED = EnumSet.range(SystemCall.IO_URING_SETUP, SystemCall.SETNS);

    private SeccompFilter() {}

    /** The program for an architecture. */
    static List<BpfProgram.Instruction> program(Architecture architecture) {
        var program = new BpfProgram(architecture).decide(DENIED, BpfProgram.fails(EPERM));
        // What is typed into the terminal by ioctl runs in the shell behind it, which is not confined.
        var deny = BpfProgram.fails(EPERM);
        program.byValue(SystemCall.IOCTL, 1, Map.of(TIOCSTI, deny, TIOCLINUX, deny), BpfProgram.ALLOW);
        denyNamespaces(program);
        for (var call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            program.byValue(call, 0, Map.of(AF_UNIX, BpfProgram.ALLOW), BpfProgram.fails(EAFNOSUPPORT));
        }
        return program.otherwise(BpfProgram.ALLOW);
    }

    /** clone3's flags lie in memory, where no filter sees them: as on an older kernel, libc then falls back to clone. */
    static void denyNamespaces(BpfProgram program) {
        program.decide(Set.of(SystemCall.CLONE3), BpfProgram.fails(ENOSYS));
        program.byBits(SystemCall.CLONE, 0, NEW_NAMESPACE, BpfProgram.fails(EPERM));
    }
}
