package pantheon.night.local.child;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.local.Architecture;
import pantheon.night.local.SystemCall;

/**
 * A call that waits for an answer.
 *
 * @param id the kernel's name for it
 * @param thread who calls
 * @param arguments as the call takes them
 */
record AskedCall(long id, int thread, SystemCall call, List<Long> arguments) {
    private static final int NO_FOLLOW = 0x100;
    private static final int EMPTY_PATH = 0x1000;
    private static final int AT_FDCWD = -100;

    /** All that a filter asks about. */
    private static final SystemCall[] ASKED = {
        SystemCall.CHMOD,
        SystemCall.FCHMOD,
        SystemCall.FCHMODAT,
        SystemCall.FCHMODAT2,
        SystemCall.CHOWN,
        SystemCall.LCHOWN,
        SystemCall.FCHOWN,
        SystemCall.FCHOWNAT,
        SystemCall.UTIME,
        SystemCall.UTIMES,
        SystemCall.FUTIMESAT,
        SystemCall.UTIMENSAT
    };

    /** The calls that a filter asks about, by their numbers on an architecture. */
    static Map<Integer, SystemCall> byNumber(Architecture architecture) {
        return Stream.of(ASKED)
                .filter(call -> call.existsOn(architecture))
                .collect(Collectors.toMap(call -> call.number(architecture), Function.identity()));
    }

    /**
     * What is to be changed.
     *
     * @param directory a descriptor of the caller, or AT_FDCWD, its working directory
     * @param path the address of a path in its memory; 0 where the descriptor itself is meant
     * @param follow whether a symbolic link at the path's end is followed
     * @param mayBeEmpty whether an empty path means the descriptor itself
     */
    record Target(int directory, long path, boolean follow, boolean mayBeEmpty) {
        private static Target ofDescriptor(long descriptor) {
            return new Target((int) descriptor, 0, true, true);
        }

        private static Target ofPath(long path, boolean follow) {
            return new Target(AT_FDCWD, path, follow, false);
        }

        private static Target at(long directory, long path, long flags) {
            return new Target((int) directory, path, (flags & NO_FOLLOW) == 0, (flags & EMPTY_PATH) != 0);
        }

        boolean isWorkingDirectory() {
            return directory == AT_FDCWD;
        }
    }

    /** What is to become of it. */
    sealed interface Change {}

    record Mode(int bits) implements Change {}

    record Owner(int user, int group) implements Change {}

    /**
     * New times of access and change.
     *
     * @param address of two times in the caller's memory, 0 for now
     * @param unit the nanoseconds of each time's second word; 0 where it has none
     */
    record Times(long address, long unit) implements Change {}

    private long word(int index) {
        return arguments.get(index);
    }

    Target target() {
        return switch (call) {
            case FCHMOD, FCHOWN -> Target.ofDescriptor(word(0));
            case CHMOD, CHOWN, UTIME, UTIMES -> Target.ofPath(word(0), true);
            case LCHOWN -> Target.ofPath(word(0), false);
            case FCHMODAT, FUTIMESAT -> Target.at(word(0), word(1), 0);
            case FCHMODAT2, UTIMENSAT -> Target.at(word(0), word(1), word(3));
            case FCHOWNAT -> Target.at(word(0), word(1), word(4));
            default -> throw new IllegalStateException("no filter asks about " + call);
        };
    }

    Change change() {
        return switch (call) {
            case CHMOD, FCHMOD -> new Mode((int) word(1));
            case FCHMODAT, FCHMODAT2 -> new Mode((int) word(2));
            case CHOWN, LCHOWN, FCHOWN -> new Owner((int) word(1), (int) word(2));
            case FCHOWNAT -> new Owner((int) word(2), (int) word(3));
            case UTIME -> new Times(word(1), 0);
            case UTIMES -> new Times(word(1), 1000);
            case FUTIMESAT -> new Times(word(2), 1000);
            case UTIMENSAT -> new Times(word(2), 1);
            default -> throw new IllegalStateException("no filter asks about " + call);
        };
    }
}
