package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The filter over all system calls of this process and its descendants: a classic BPF program, see seccomp(2). It denies
 * what is named here and leaves the rest alone, since a JVM and its native libraries need more than can be listed.
 */
public final class SeccompFilter {
    static final int ALLOW = 0x7FFF0000;
    static final int KILL_PROCESS = 0x80000000;
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

    /**
     * Fails with EPERM in a tool's process: what outlives a process without a file, what watches files that no rule
     * lets it read, and what works on other processes.
     */
    static final Set<SystemCall> DENIED_TO_TOOLS = EnumSet.range(SystemCall.SHMGET, SystemCall.MOVE_PAGES);

    /** Takes a process in argument 0, and fails with EPERM in a tool's process where that is not 0, its own. */
    static final Set<SystemCall> OF_ITSELF_ONLY = EnumSet.of(
            SystemCall.PRLIMIT,
            SystemCall.SCHED_SETAFFINITY,
            SystemCall.SCHED_SETSCHEDULER,
            SystemCall.SCHED_SETPARAM,
            SystemCall.SCHED_SETATTR);

    /**
     * Fails with EPERM in the process of a tool that writes nothing: modes, owners, attributes and times by path,
     * which Landlock does not rule.
     */
    static final Set<SystemCall> METADATA = EnumSet.range(SystemCall.CHMOD, SystemCall.UTIMENSAT);

    /** Where the kernel's struct seccomp_data holds the architecture, the call's number, the low half of argument 0. */
    static final int ARCHITECTURE_OFFSET = 4;

    static final int NUMBER_OFFSET = 0;
    static final int ARGUMENT_OFFSET = 16;
    static final int SECOND_ARGUMENT_OFFSET = 24;

    static final int LOAD = 0x20;
    static final int JUMP_IF_EQUAL = 0x15;
    static final int JUMP_IF_AT_LEAST = 0x35;
    static final int JUMP_IF_ANY_BIT = 0x45;
    static final int RETURN = 0x06;

    private static final int RETURN_ERRNO = 0x00050000;

    /** Numbers from here on belong to x32, a second set of calls on x86-64. */
    private static final int FIRST_OF_X32 = 0x40000000;

    private final Architecture architecture;
    private final List<Instruction> program = new ArrayList<>();

    private SeccompFilter(Architecture architecture) {
        this.architecture = architecture;
    }

    /** One BPF instruction; a jump goes over {@code ifTrue} or {@code ifFalse} of those that follow. */
    record Instruction(int code, int ifTrue, int ifFalse, int operand) {
        static final int BYTES = 8;
    }

    /** The program for an architecture. */
    static List<Instruction> program(Architecture architecture) {
        var filter = new SeccompFilter(architecture);
        filter.killForeignCalls();
        filter.deny(DENIED);
        filter.denyTerminalInput();
        filter.denyNamespaces();
        filter.leaveUnixSockets();
        return List.copyOf(filter.program);
    }

    /**
     * The stricter program for a tool's process: no socket of any family.
     *
     * @param metadata whether it may change modes, owners and times by path
     */
    public static List<Instruction> toolProgram(Architecture architecture, boolean metadata) {
        var filter = new SeccompFilter(architecture);
        filter.killForeignCalls();
        filter.deny(DENIED);
        filter.deny(DENIED_TO_TOOLS);
        if (!metadata) {
            filter.deny(METADATA);
        }
        OF_ITSELF_ONLY.forEach(filter::leaveToItself);
        filter.denySockets();
        filter.denyTerminalInput();
        filter.denyNamespaces();
        filter.add(RETURN, 0, 0, ALLOW);
        return List.copyOf(filter.program);
    }

    private void deny(Set<SystemCall> calls) {
        for (var call : calls) {
            if (call.existsOn(architecture)) {
                test(call, 0, 1);
                fail(EPERM);
            }
        }
    }

    private void denySockets() {
        for (var call : List.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            test(call, 0, 1);
            fail(EAFNOSUPPORT);
        }
    }

    /** What is typed into the terminal by ioctl runs in the shell behind it, which is not confined. */
    private void denyTerminalInput() {
        test(SystemCall.IOCTL, 0, 5);
        add(LOAD, 0, 0, SECOND_ARGUMENT_OFFSET);
        add(JUMP_IF_EQUAL, 1, 0, TIOCSTI);
        add(JUMP_IF_EQUAL, 0, 1, TIOCLINUX);
        fail(EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    private void leaveToItself(SystemCall call) {
        test(call, 0, 4);
        add(LOAD, 0, 0, ARGUMENT_OFFSET);
        add(JUMP_IF_EQUAL, 1, 0, 0);
        fail(EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    static int fails(int errno) {
        return RETURN_ERRNO | errno;
    }

    private void killForeignCalls() {
        add(LOAD, 0, 0, ARCHITECTURE_OFFSET);
        add(JUMP_IF_EQUAL, 1, 0, architecture.auditNumber());
        add(RETURN, 0, 0, KILL_PROCESS);
        add(LOAD, 0, 0, NUMBER_OFFSET);
        if (architecture == Architecture.X86_64) {
            add(JUMP_IF_AT_LEAST, 0, 1, FIRST_OF_X32);
            add(RETURN, 0, 0, KILL_PROCESS);
        }
    }

    /** clone3's flags lie in memory, where no filter sees them: as on an older kernel, libc then falls back to clone. */
    private void denyNamespaces() {
        test(SystemCall.CLONE3, 0, 1);
        fail(ENOSYS);
        test(SystemCall.CLONE, 0, 4);
        add(LOAD, 0, 0, ARGUMENT_OFFSET);
        add(JUMP_IF_ANY_BIT, 0, 1, NEW_NAMESPACE);
        fail(EPERM);
        add(RETURN, 0, 0, ALLOW);
    }

    private void leaveUnixSockets() {
        test(SystemCall.SOCKET, 1, 0);
        test(SystemCall.SOCKETPAIR, 0, 3);
        add(LOAD, 0, 0, ARGUMENT_OFFSET);
        add(JUMP_IF_EQUAL, 1, 0, AF_UNIX);
        fail(EAFNOSUPPORT);
        add(RETURN, 0, 0, ALLOW);
    }

    private void test(SystemCall call, int ifTrue, int ifFalse) {
        add(JUMP_IF_EQUAL, ifTrue, ifFalse, call.number(architecture));
    }

    private void fail(int errno) {
        add(RETURN, 0, 0, fails(errno));
    }

    private void add(int code, int ifTrue, int ifFalse, int operand) {
        program.add(new Instruction(code, ifTrue, ifFalse, operand));
    }

    /** A struct sock_fprog that holds the program, as seccomp(2) takes it. */
    public static MemorySegment encode(List<Instruction> program, Arena arena) {
        var code = code(program, arena);
        var header = arena.allocate(2L * Long.BYTES, Long.BYTES);
        header.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
        header.set(ValueLayout.ADDRESS, Long.BYTES, code);
        return header;
    }

    private static MemorySegment code(List<Instruction> program, Arena arena) {
        var code = arena.allocate((long) program.size() * Instruction.BYTES, Long.BYTES);
        long offset = 0;
        for (var instruction : program) {
            code.set(ValueLayout.JAVA_SHORT, offset, (short) instruction.code());
            code.set(ValueLayout.JAVA_BYTE, offset + 2, (byte) instruction.ifTrue());
            code.set(ValueLayout.JAVA_BYTE, offset + 3, (byte) instruction.ifFalse());
            code.set(ValueLayout.JAVA_INT, offset + 4, instruction.operand());
            offset += Instruction.BYTES;
        }
        return code;
    }
}
