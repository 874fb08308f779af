package pantheon.night.local;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * What this process takes from itself and from every process that it starts, for good: privileges by set-user-id
 * programs, sockets of every family but AF_UNIX, the calls in {@link SeccompFilter#DENIED}, core dumps, and the
 * descriptors that it inherited. It needs no privilege, no configuration and no unit.
 */
public final class Confinement {
    public static final int GET_DUMPABLE = 3;
    public static final int RLIMIT_CORE = 4;

    private static final int SET_DUMPABLE = 4;
    private static final int SET_NO_NEW_PRIVILEGES = 38;
    private static final int SET_MODE_FILTER = 1;

    /** Puts the filter on all threads, those of the JVM included. */
    private static final int ON_ALL_THREADS = 1;

    private final Architecture architecture = Architecture.current();
    private final Kernel kernel = new Kernel(architecture);

    private Confinement() {}

    /**
     * Confines this process. First thing in {@code main}: before a configuration is read or a native library is loaded.
     *
     * @throws NightException where the kernel does not do it, or where a standard stream is a connection
     */
    public static void confineThisProcess() {
        var confinement = new Confinement();
        var inherited = new InheritedDescriptors(confinement.kernel);
        inherited.refuseForeignSockets();
        inherited.close();
        confinement.confine();
    }

    /**
     * The same, but for what was inherited: for a run that makes the cache of classes, whose file the JVM itself holds
     * open. It reads no input, and no night starts in it, as its descriptors would be told.
     *
     * @throws NightException where the kernel does not do it, or where a standard stream is a connection
     */
    public static void confineThisRehearsal() {
        var confinement = new Confinement();
        var inherited = new InheritedDescriptors(confinement.kernel);
        inherited.refuseForeignSockets();
        inherited.inherited();
        confinement.confine();
    }

    private void confine() {
        gainNoPrivileges();
        dumpNoCore();
        filterSystemCalls();
    }

    private void gainNoPrivileges() {
        expectZero("prctl(PR_SET_NO_NEW_PRIVS)", kernel.call(SystemCall.PRCTL, SET_NO_NEW_PRIVILEGES, 1));
    }

    /** The limit alone would not do: a program that takes core dumps through a pipe gets them in spite of it. */
    private void dumpNoCore() {
        expectZero("prctl(PR_SET_DUMPABLE)", kernel.call(SystemCall.PRCTL, SET_DUMPABLE, 0));
        try (var arena = Arena.ofConfined()) {
            MemorySegment softAndHard = arena.allocate(ValueLayout.JAVA_LONG, 2);
            expectZero(
                    "prlimit(RLIMIT_CORE)", kernel.call(SystemCall.PRLIMIT, 0, RLIMIT_CORE, softAndHard.address(), 0));
        }
    }

    private void filterSystemCalls() {
        try (var arena = Arena.ofConfined()) {
            var program = BpfProgram.encode(SeccompFilter.program(architecture), arena);
            expectZero(
                    "seccomp(SECCOMP_SET_MODE_FILTER)",
                    kernel.call(SystemCall.SECCOMP, SET_MODE_FILTER, ON_ALL_THREADS, program.address()));
        }
    }

    private static void expectZero(String call, Kernel.Outcome outcome) {
        if (outcome.value() != 0) {
            throw new NightException(
                    ExitCode.EGRESS,
                    "this process cannot confine itself: " + call + " returned " + outcome.value() + " (errno "
                            + outcome.errno() + "); expected 0. Run it on a Linux kernel with seccomp filters,"
                            + " where no outer sandbox forbids to add one.");
        }
    }
}
