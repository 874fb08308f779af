package pantheon.night.local.child;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/**
 * A set of Landlock rules over files, see landlock(7): what no rule allows is denied to the thread that takes them on,
 * and to every process that it starts, for good. TCP, abstract Unix sockets and signals to others are denied as well.
 */
final class Landlock implements AutoCloseable {
    /** The first ABI that also rules signals; Linux 6.12. */
    static final int NEEDED_ABI = 6;

    static final long EXECUTE = 1;
    static final long WRITE_FILE = 1 << 1;
    static final long READ_FILE = 1 << 2;
    static final long READ_DIR = 1 << 3;
    static final long REMOVE_DIR = 1 << 4;
    static final long REMOVE_FILE = 1 << 5;
    static final long MAKE_DIR = 1 << 7;
    static final long MAKE_REG = 1 << 8;
    static final long MAKE_FIFO = 1 << 10;
    static final long MAKE_SYM = 1 << 12;
    static final long REFER = 1 << 13;
    static final long TRUNCATE = 1 << 14;

    static final long READ = EXECUTE | READ_FILE | READ_DIR;
    static final long WRITE =
            READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | MAKE_SYM | REFER | TRUNCATE;

    /** All that a rule on a file, not a directory, may name. */
    private static final long OF_FILES = EXECUTE | READ_FILE | WRITE_FILE | TRUNCATE;

    /** All rights over files up to ABI 5, ioctl on devices the last. */
    private static final long ALL_OF_FILES = (1 << 16) - 1;

    /** To bind and to connect. */
    private static final long ALL_OF_TCP = 3;

    /** Abstract Unix sockets and signals. */
    private static final long ALL_SCOPES = 3;

    private static final int ASK_FOR_ABI = 1;
    private static final int PATH_BENEATH = 1;
    private static final int O_PATH = 0x200000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int AT_FDCWD = -100;
    private static final int ENOENT = 2;
    private static final int ENOTDIR = 20;

    private final Kernel kernel;
    private final int descriptor;

    private Landlock(Kernel kernel, int descriptor) {
        this.kernel = kernel;
        this.descriptor = descriptor;
    }

    /** The kernel's ABI, 0 where it has no Landlock or does not use it. */
    static int abi(Kernel kernel) {
        var outcome = kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, ASK_FOR_ABI);
        return outcome.succeeded() ? (int) outcome.value() : 0;
    }

    /** Begins with a set that denies everything. */
    static Landlock denyingAll(Kernel kernel) {
        try (var arena = Arena.ofConfined()) {
            var attributes = arena.allocate(ValueLayout.JAVA_LONG, 3);
            attributes.setAtIndex(ValueLayout.JAVA_LONG, 0, ALL_OF_FILES);
            attributes.setAtIndex(ValueLayout.JAVA_LONG, 1, ALL_OF_TCP);
            attributes.setAtIndex(ValueLayout.JAVA_LONG, 2, ALL_SCOPES);
            var made = kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, attributes.address(), attributes.byteSize(), 0);
            if (!made.succeeded()) {
                throw failure("landlock_create_ruleset", made);
            }
            return new Landlock(kernel, (int) made.value());
        }
    }

    /**
     * Allows some rights on a file, or on a directory and all that is below it; nothing where it is not there.
     *
     * @throws NightException where the kernel does not take the rule
     */
    void allow(Path path, long rights) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path.toString());
            var opened = kernel.call(SystemCall.OPENAT, AT_FDCWD, name.address(), O_PATH | O_CLOEXEC);
            if (opened.errno() == ENOENT || opened.errno() == ENOTDIR) {
                return;
            }
            if (!opened.succeeded()) {
                throw failure("open(" + path + ")", opened);
            }
            try {
                long allowed = Files.isDirectory(path) ? rights : rights & OF_FILES;
                addRule(arena, (int) opened.value(), allowed);
            } finally {
                kernel.call(SystemCall.CLOSE, opened.value());
            }
        }
    }

    /** The kernel's struct landlock_path_beneath_attr is packed: the rights, then the descriptor. */
    private void addRule(Arena arena, int beneath, long allowed) {
        var rule = arena.allocate(Long.BYTES + Integer.BYTES, Long.BYTES);
        rule.set(ValueLayout.JAVA_LONG, 0, allowed);
        rule.set(ValueLayout.JAVA_INT, Long.BYTES, beneath);
        var added = kernel.call(SystemCall.LANDLOCK_ADD_RULE, descriptor, PATH_BENEATH, rule.address(), 0);
        if (!added.succeeded()) {
            throw failure("landlock_add_rule", added);
        }
    }

    /** Puts the rules on the thread that calls this; a platform thread that ends soon, never a virtual one. */
    Kernel.Outcome restrictThisThread() {
        return kernel.call(SystemCall.LANDLOCK_RESTRICT_SELF, descriptor, 0);
    }

    @Override
    public void close() {
        kernel.call(SystemCall.CLOSE, descriptor);
    }

    private static NightException failure(String call, Kernel.Outcome outcome) {
        return new NightException(
                ExitCode.EGRESS,
                "a tool cannot be confined: %s failed with errno %d; expected success. Run it on Linux 6.12 or later."
                        .formatted(call, outcome.errno()));
    }
}
