package pantheon.night.local.child;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/**
 * Does for a tool what no rule of Landlock limits to a folder: its calls that change modes, owners and times. Each waits
 * for an answer, see seccomp_unotify(2). What it names is opened once, and where that very object lies below what the tool
 * may write, the change is made to it by this process; the call itself is never let go on, so nothing that the tool swaps
 * meanwhile counts.
 */
final class MetadataCalls implements Runnable {
    private static final int EPERM = 1;
    private static final int EFAULT = 14;

    /** The bits that lend a file's user or group. */
    private static final int SET_ID_BITS = 06000;

    private static final int AT_FDCWD = -100;
    private static final int EMPTY_PATH = 0x1000;
    private static final int KEEP = -1;

    private final Kernel kernel;
    private final Listener listener;
    private final List<Path> writable;
    private final int user;
    private final int group;

    /**
     * Begins to answer on a thread of its own, until no process is left that asks.
     *
     * @param descriptor on which the filter asks
     * @param writable what the tool may write
     */
    static void answer(Kernel kernel, int descriptor, List<Path> writable) {
        Thread.ofPlatform().daemon().name("tool-metadata").start(new MetadataCalls(kernel, descriptor, writable));
    }

    private MetadataCalls(Kernel kernel, int descriptor, List<Path> writable) {
        this.kernel = kernel;
        this.listener = new Listener(kernel, descriptor);
        this.writable = writable.stream().map(MetadataCalls::real).toList();
        this.user = (int) kernel.call(SystemCall.GETEUID).value();
        this.group = (int) kernel.call(SystemCall.GETEGID).value();
    }

    /** Below a path that is not there nothing is to be changed. */
    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException notThere) {
            return folder;
        }
    }

    @Override
    public void run() {
        try (listener) {
            for (var call = listener.next(); call.isPresent(); call = listener.next()) {
                listener.answer(call.get(), errno(call.get()));
            }
        }
    }

    private int errno(AskedCall call) {
        var thread = new AskedThread(kernel, call.thread());
        try {
            var opened = thread.open(call.target());
            if (!opened.succeeded()) {
                return opened.errno();
            }
            try {
                return changed(call, thread, (int) opened.value());
            } finally {
                kernel.call(SystemCall.CLOSE, opened.value());
            }
        } catch (IOException e) {
            return EFAULT;
        }
    }

    private int changed(AskedCall call, AskedThread thread, int object) throws IOException {
        var outcome = switch (call.change()) {
            case AskedCall.Mode mode -> (mode.bits() & SET_ID_BITS) != 0 ? EPERM : 0;
            case AskedCall.Owner owner -> isOwn(owner) ? 0 : EPERM;
            case AskedCall.Times times -> 0;
        };
        if (outcome != 0 || !isWritable(object)) {
            return EPERM;
        }
        var times = call.change() instanceof AskedCall.Times asked && asked.address() != 0
                ? nanoseconds(thread.words(asked.address(), asked.unit() == 0 ? 2 : 4), asked.unit())
                : new long[0];
        return listener.stillWaits(call) ? change(call.change(), object, times) : EPERM;
    }

    private boolean isOwn(AskedCall.Owner owner) {
        return (owner.user() == KEEP || owner.user() == user) && (owner.group() == KEEP || owner.group() == group);
    }

    /** Where it lies now; nothing outside can be moved or linked to the inside, so what lies there came from there. */
    private boolean isWritable(int object) throws IOException {
        var place = Files.readSymbolicLink(Path.of("/proc/self/fd/" + object));
        return writable.stream().anyMatch(place::startsWith);
    }

    /** Two times of seconds and nanoseconds, from two words or four of a unit. */
    private static long[] nanoseconds(long[] words, long unit) {
        return unit == 0
                ? new long[] {words[0], 0, words[1], 0}
                : new long[] {words[0], words[1] * unit, words[2], words[3] * unit};
    }

    private int change(AskedCall.Change change, int object, long[] times) {
        try (var arena = Arena.ofConfined()) {
            var empty = arena.allocateFrom("");
            var link = arena.allocateFrom("/proc/self/fd/" + object);
            return switch (change) {
                case AskedCall.Mode mode ->
                    kernel.call(SystemCall.FCHMODAT, AT_FDCWD, link.address(), mode.bits())
                            .errno();
                case AskedCall.Owner owner ->
                    kernel.call(SystemCall.FCHOWNAT, object, empty.address(), owner.user(), owner.group(), EMPTY_PATH)
                            .errno();
                case AskedCall.Times asked ->
                    kernel.call(SystemCall.UTIMENSAT, object, empty.address(), address(times, arena), EMPTY_PATH)
                            .errno();
            };
        }
    }

    private static long address(long[] times, Arena arena) {
        return times.length == 0
                ? 0
                : arena.allocateFrom(ValueLayout.JAVA_LONG, times).address();
    }
}
