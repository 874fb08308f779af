package pantheon.night.local.child;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.List;

/**
 * A process to be started by libc's posix_spawn: in a session of its own, no descriptor but the standard ones, every signal as a new program expects it. It starts on the thread that calls, so it is confined as that
 * thread is; the JDK's own way of starting processes would leave threads behind that are, too.
 */
final class PosixSpawn implements AutoCloseable {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG;

    private static final MethodHandle ACTIONS_INIT = function("posix_spawn_file_actions_init", WORD);
    private static final MethodHandle DESTROY = function("posix_spawn_file_actions_destroy", WORD);
    private static final MethodHandle ADD_OPEN =
            function("posix_spawn_file_actions_addopen", WORD, INT, WORD, INT, INT);
    private static final MethodHandle ADD_DUP2 = function("posix_spawn_file_actions_adddup2", WORD, INT, INT);
    private static final MethodHandle ADD_CHDIR = function("posix_spawn_file_actions_addchdir_np", WORD, WORD);
    private static final MethodHandle ADD_CLOSE_FROM = function("posix_spawn_file_actions_addclosefrom_np", WORD, INT);
    private static final MethodHandle ATTRIBUTES_INIT = function("posix_spawnattr_init", WORD);
    private static final MethodHandle SET_FLAGS = function("posix_spawnattr_setflags", WORD, ValueLayout.JAVA_SHORT);
    private static final MethodHandle SET_DEFAULT_SIGNALS = function("posix_spawnattr_setsigdefault", WORD, WORD);
    private static final MethodHandle SET_SIGNAL_MASK = function("posix_spawnattr_setsigmask", WORD, WORD);
    private static final MethodHandle SPAWN = function("posix_spawn", WORD, WORD, WORD, WORD, WORD, WORD);

    /** More than libc's structures take on either architecture (80, 336 and 128 bytes in glibc). */
    private static final long STRUCTURE_BYTES = 1024;

    private static final long SIGNAL_SET_BYTES = 128;
    private static final short SET_SIGNALS_DEFAULT = 0x04;
    private static final short SET_MASK = 0x08;
    private static final short NEW_SESSION = 0x80;
    private static final int FIRST_CLOSED = 3;
    private static final int READ_AND_WRITE = 2;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment actions = structure();
    private final MemorySegment attributes = structure();
    private final MemorySegment pid = arena.allocate(INT);
    private final MemorySegment path;
    private final MemorySegment argv;
    private final MemorySegment environment;

    /**
     * Prepares the process.
     *
     * @param argv the program's absolute path, then its arguments
     * @param environment {@code NAME=value}
     */
    PosixSpawn(List<String> argv, List<String> environment, Path directory, ChildStreams streams) {
        this.path = arena.allocateFrom(argv.getFirst());
        this.argv = strings(argv);
        this.environment = strings(environment);
        prepareActions(directory, streams);
        prepareAttributes();
    }

    private void prepareActions(Path directory, ChildStreams streams) {
        expectZero(invoke(ACTIONS_INIT, actions.address()));
        prepareStream(0, streams.input());
        prepareStream(1, streams.output());
        prepareStream(2, streams.error());
        var folder = arena.allocateFrom(directory.toString());
        expectZero(invoke(ADD_CHDIR, actions.address(), folder.address()));
        expectZero(invoke(ADD_CLOSE_FROM, actions.address(), FIRST_CLOSED));
    }

    private void prepareStream(int stream, int descriptor) {
        if (descriptor == ChildStreams.NOTHING) {
            var nothing = arena.allocateFrom("/dev/null");
            expectZero(invoke(ADD_OPEN, actions.address(), stream, nothing.address(), READ_AND_WRITE, 0));
        } else {
            expectZero(invoke(ADD_DUP2, actions.address(), descriptor, stream));
        }
    }

    private void prepareAttributes() {
        expectZero(invoke(ATTRIBUTES_INIT, attributes.address()));
        var allSignals = arena.allocate(SIGNAL_SET_BYTES, Long.BYTES).fill((byte) 0xFF);
        var noSignal = arena.allocate(SIGNAL_SET_BYTES, Long.BYTES);
        expectZero(invoke(SET_DEFAULT_SIGNALS, attributes.address(), allSignals.address()));
        expectZero(invoke(SET_SIGNAL_MASK, attributes.address(), noSignal.address()));
        expectZero(invoke(SET_FLAGS, attributes.address(), (short) (SET_SIGNALS_DEFAULT | SET_MASK | NEW_SESSION)));
    }

    @SuppressWarnings("restricted") // allowed by the launcher's --enable-native-access
    private static MethodHandle function(String name, ValueLayout... parameters) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(INT, parameters));
    }

    private MemorySegment structure() {
        return arena.allocate(STRUCTURE_BYTES, 16);
    }

    private MemorySegment strings(List<String> texts) {
        var array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return array;
    }

    /** Starts it on this thread; gives 0 or an errno. */
    int start() {
        return invoke(
                SPAWN,
                pid.address(),
                path.address(),
                actions.address(),
                attributes.address(),
                argv.address(),
                environment.address());
    }

    /** The process's id, once it has started. */
    int pid() {
        return pid.get(INT, 0);
    }

    private static int invoke(MethodHandle function, Object... arguments) {
        try {
            return (int) function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IllegalStateException("a call of libc's posix_spawn failed", e);
        }
    }

    private static void expectZero(int errno) {
        if (errno != 0) {
            throw new IllegalStateException("libc refused to prepare a process: errno " + errno);
        }
    }

    @Override
    public void close() {
        invoke(DESTROY, actions.address());
        arena.close();
    }
}
