package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The filter over the system calls of a tool: a list of what is left to it. Every call of today's kernels is decided, and
 * one that comes with a newer kernel fails with ENOSYS, at which a program does what it does on an older one.
 */
public final class ToolFilter {
    static final int EPERM = 1;
    static final int EINVAL = 22;
    static final int ENOTTY = 25;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int EAFNOSUPPORT = 97;

    /** Left to every tool, whatever the arguments. */
    static final Set<SystemCall> LEFT = EnumSet.range(SystemCall.READ, SystemCall.FILE_GETATTR);

    /**
     * Fails with EPERM: what outlives a process without a file, what watches what no rule lets a tool read, what works on
     * other processes or on the machine, what gives a socket another end.
     */
    static final Set<SystemCall> DENIED = EnumSet.range(SystemCall.SHMGET, SystemCall.UPROBE);

    /** Modes, owners and times, which Landlock does not rule. */
    static final Set<SystemCall> METADATA = EnumSet.range(SystemCall.CHMOD, SystemCall.UTIMENSAT);

    /** Extended attributes, access lists among them, and flags: what outlives a task and that a diff does not show. */
    static final Set<SystemCall> ATTRIBUTES = EnumSet.range(SystemCall.SETXATTR, SystemCall.FILE_SETATTR);

    /** Reads what no rule hides: attributes of every file that the user may read fail as where a file system has none. */
    static final Set<SystemCall> ATTRIBUTES_ASKED = EnumSet.range(SystemCall.GETXATTR, SystemCall.LISTXATTRAT);

    /** Takes a process in argument 0, and fails with EPERM where that is not 0, its own. */
    static final Set<SystemCall> OF_ITSELF_ONLY = EnumSet.of(SystemCall.PRLIMIT, SystemCall.SCHED_SETAFFINITY);

    /**
     * The requests of ioctl(2) that are left: to ask for a terminal's settings and size, which no tool has; how many bytes
     * wait and whether to wait; close on exec; a file's flags, version, size and extents, asked for; and a copy that shares
     * blocks. What no file or pipe knows fails with ENOTTY, as it does there.
     */
    static final Set<Integer> IOCTLS = Set.of(
            0x5401,
            0x5413,
            0x540F,
            0x802C542A,
            0x541B,
            0x5421,
            0x5450,
            0x5451,
            0x5460,
            0x2,
            0x80086601,
            0x80046601,
            0x801C581F,
            0x80087601,
            0x80047601,
            0xC020660B,
            0x40049409,
            0x4020940D);

    /**
     * The requests that fail with EPERM: to type into a terminal; to have signals sent, by either of three names; to set a
     * file's flags, project or version, as words of 64 and of 32 bits and by ext4's numbers; to seal or encrypt it.
     */
    static final Set<Integer> DENIED_IOCTLS = Set.of(
            SeccompFilter.TIOCSTI,
            SeccompFilter.TIOCLINUX,
            0x8901,
            0x8902,
            0x5452,
            0x40086602,
            0x40046602,
            0x401C5820,
            0x40087602,
            0x40047602,
            0x40086604,
            0x40046604,
            0x40806685,
            0x800C6613);

    /**
     * The commands of fcntl(2) that are left: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, the locks of both kinds,
     * F_GETOWN, F_GETSIG, F_GETLEASE, F_DUPFD_QUERY, F_CREATED_QUERY, F_DUPFD_CLOEXEC, a pipe's size, seals, F_GET_RW_HINT.
     */
    static final Set<Integer> FCNTLS =
            Set.of(0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 36, 37, 38, 1025, 1027, 1028, 1030, 1031, 1032, 1033, 1034, 1035);

    /** Those that fail with EPERM: F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETLEASE, F_NOTIFY, and hints that a file keeps. */
    static final Set<Integer> DENIED_FCNTLS = Set.of(8, 10, 15, 1024, 1026, 1036, 1038);

    /** A pair of stream sockets, closed on exec or not, waiting or not: a pipe of two ways, which can be given no other end. */
    static final Set<Integer> PAIRS = Set.of(0x1, 0x801, 0x80001, 0x80801);

    /** Sends a byte out of band. */
    static final int OUT_OF_BAND = 1;

    /** RENAME_WHITEOUT: leaves a device behind, which no rule on making devices denies. */
    static final int WHITEOUT = 4;

    /** Asks personality(2) what it is. */
    static final int ASK_PERSONALITY = -1;

    /** CLONE_PARENT: a process that is the program's child, whose end the program is told of, as if it had made it. */
    static final int SIBLING = 0x8000;

    /** The bits of a mode that lend a file's user or group to whoever executes it. */
    static final int SET_ID_BITS = 06000;

    /** O_CREAT, and the bit that tells O_TMPFILE: only with them open(2) looks at a mode. */
    static final int MAKES_A_FILE = 0x40 | 0x400000;

    /** What makes a process, a file or a name, once its arguments are looked at. */
    private static final Set<SystemCall> MAKERS = EnumSet.of(
            SystemCall.CLONE,
            SystemCall.OPEN,
            SystemCall.CREAT,
            SystemCall.OPENAT,
            SystemCall.MKDIR,
            SystemCall.MKDIRAT,
            SystemCall.MKNOD,
            SystemCall.MKNODAT,
            SystemCall.RENAMEAT2);

    private static final int DENY = BpfProgram.fails(EPERM);

    private ToolFilter() {}

    /**
     * The program for an architecture: no socket but a pair of its own, no signal by a descriptor, no process's but its own.
     *
     * @param metadata whether modes, owners and times are asked of whoever listens to the filter; where not, they fail with
     *     EPERM, and so do attributes, which else fail as where a file system has none
     */
    static List<BpfProgram.Instruction> program(Architecture architecture, boolean metadata) {
        var program = new BpfProgram(architecture)
                .decide(LEFT, BpfProgram.ALLOW)
                .decide(SeccompFilter.DENIED, DENY)
                .decide(DENIED, DENY)
                .decide(METADATA, metadata ? BpfProgram.ASK : DENY)
                .decide(ATTRIBUTES, metadata ? BpfProgram.fails(EOPNOTSUPP) : DENY)
                .decide(ATTRIBUTES_ASKED, BpfProgram.fails(EOPNOTSUPP))
                .decide(Set.of(SystemCall.SOCKET), BpfProgram.fails(EAFNOSUPPORT));
        leavePairs(program);
        leaveToItself(program);
        leaveFiles(program);
        program.byBits(SystemCall.CLONE, 0, SIBLING, DENY);
        SeccompFilter.denyNamespaces(program);
        return program.decide(MAKERS, BpfProgram.ALLOW).otherwise(BpfProgram.fails(ENOSYS));
    }

    /** Between two processes of the tool's own, which send each other bytes, to no address, and no descriptors. */
    private static void leavePairs(BpfProgram program) {
        var none = BpfProgram.fails(EAFNOSUPPORT);
        program.byBits(SystemCall.SOCKETPAIR, 0, ~SeccompFilter.AF_UNIX, none);
        program.byValue(SystemCall.SOCKETPAIR, 1, decisions(PAIRS, Set.of()), none);
        program.byBits(SystemCall.SENDTO, 3, OUT_OF_BAND, DENY);
        program.byValue(SystemCall.SENDTO, 5, Map.of(0, BpfProgram.ALLOW), DENY);
    }

    private static void leaveToItself(BpfProgram program) {
        for (var call : OF_ITSELF_ONLY) {
            program.byValue(call, 0, Map.of(0, BpfProgram.ALLOW), DENY);
        }
        program.byValue(SystemCall.PERSONALITY, 0, Map.of(ASK_PERSONALITY, BpfProgram.ALLOW), DENY);
    }

    private static Map<Integer, Integer> decisions(Set<Integer> left, Set<Integer> denied) {
        var decisions = new TreeMap<Integer, Integer>();
        left.forEach(value -> decisions.put(value, BpfProgram.ALLOW));
        denied.forEach(value -> decisions.put(value, DENY));
        return decisions;
    }

    /** openat2's mode lies in memory, so the call is as on a kernel that has none. */
    private static void leaveFiles(BpfProgram program) {
        program.byValue(SystemCall.IOCTL, 1, decisions(IOCTLS, DENIED_IOCTLS), BpfProgram.fails(ENOTTY));
        program.byValue(SystemCall.FCNTL, 1, decisions(FCNTLS, DENIED_FCNTLS), BpfProgram.fails(EINVAL));
        program.byBits(SystemCall.OPEN, 2, SET_ID_BITS, 1, MAKES_A_FILE, DENY);
        program.byBits(SystemCall.OPENAT, 3, SET_ID_BITS, 2, MAKES_A_FILE, DENY);
        program.byBits(SystemCall.CREAT, 1, SET_ID_BITS, DENY);
        program.byBits(SystemCall.MKDIR, 1, SET_ID_BITS, DENY);
        program.byBits(SystemCall.MKDIRAT, 2, SET_ID_BITS, DENY);
        program.byBits(SystemCall.MKNOD, 1, SET_ID_BITS, DENY);
        program.byBits(SystemCall.MKNODAT, 2, SET_ID_BITS, DENY);
        program.byBits(SystemCall.RENAMEAT2, 4, WHITEOUT, BpfProgram.fails(EINVAL));
        program.decide(Set.of(SystemCall.OPENAT2), BpfProgram.fails(ENOSYS));
    }

    /** The program as seccomp(2) takes it, a struct sock_fprog. */
    public static MemorySegment encoded(Architecture architecture, boolean metadata, Arena arena) {
        return BpfProgram.encode(program(architecture, metadata), arena);
    }
}
