package pantheon.night.local;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/**
 * The descriptors that whoever started this process left open in it. A socket among them would be a way out that no
 * filter on socket(2) closes.
 */
public final class InheritedDescriptors {
    private static final Path OPEN = Path.of("/proc/self/fd");
    private static final List<String> STANDARD = List.of("standard input", "standard output", "standard error");
    private static final int SOL_SOCKET = 1;
    private static final int SO_DOMAIN = 39;
    private static final int EBADF = 9;
    private static final int ENOTSOCK = 88;

    private final Kernel kernel;

    public InheritedDescriptors(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Ends the program where standard input, output or error is a socket of another family than AF_UNIX. */
    void refuseForeignSockets() {
        for (int descriptor = 0; descriptor < STANDARD.size(); descriptor++) {
            refuseForeignSocket(descriptor);
        }
    }

    private void refuseForeignSocket(int descriptor) {
        var foreign = foreign(descriptor);
        if (foreign != null) {
            throw new NightException(
                    ExitCode.EGRESS,
                    "%s (descriptor %d) is %s; expected a file, a terminal, a pipe or a Unix socket."
                                    .formatted(STANDARD.get(descriptor), descriptor, foreign)
                            + " Start the program without a connection there.");
        }
    }

    /** What a descriptor is, where it is a socket of another family than AF_UNIX, or of no known kind. */
    private @Nullable String foreign(int descriptor) {
        try (var arena = Arena.ofConfined()) {
            var family = arena.allocate(ValueLayout.JAVA_INT);
            int errno = askFamily(descriptor, family, arena);
            if (errno == EBADF || errno == ENOTSOCK) {
                return null;
            }
            int found = family.get(ValueLayout.JAVA_INT, 0);
            if (errno != 0) {
                return "of no known kind (errno %d)".formatted(errno);
            }
            return found == SeccompFilter.AF_UNIX ? null : "a socket of address family %d".formatted(found);
        }
    }

    private int askFamily(int descriptor, MemorySegment family, Arena arena) {
        var length = arena.allocate(ValueLayout.JAVA_INT);
        length.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
        return kernel.call(SystemCall.GETSOCKOPT, descriptor, SOL_SOCKET, SO_DOMAIN, family.address(), length.address())
                .errno();
    }

    /** What is open now, whoever opened it. */
    public Finding foreignSockets() throws IOException {
        var foreign = new ArrayList<String>();
        for (int descriptor : open()) {
            var what = foreign(descriptor);
            if (what != null) {
                foreign.add(descriptor + " is " + what);
            }
        }
        return Finding.none(foreign);
    }

    /** Closes all from 3 on, but for the files of the JDK and of the class path, which the JVM itself opened. */
    void close() {
        for (int descriptor : inherited()) {
            kernel.call(SystemCall.CLOSE, descriptor);
        }
    }

    /** Those from 3 on that the JVM itself did not open for its own files. */
    List<Integer> inherited() {
        try {
            return look();
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.EGRESS,
                    "the inherited descriptors cannot be listed in %s (%s); expected a /proc to be mounted. Mount it."
                            .formatted(OPEN, e.getMessage()),
                    e);
        }
    }

    private static List<Integer> look() throws IOException {
        var kept = filesOfTheJvm();
        var inherited = new ArrayList<Integer>();
        for (int descriptor : open()) {
            if (descriptor >= STANDARD.size() && isInherited(descriptor, kept)) {
                inherited.add(descriptor);
            }
        }
        return inherited;
    }

    /** Closed again before anything is looked at, so that the listing's own descriptor is not in the way. */
    private static List<Integer> open() throws IOException {
        var descriptors = new ArrayList<Integer>();
        try (var entries = Files.newDirectoryStream(OPEN)) {
            entries.forEach(
                    entry -> descriptors.add(Integer.valueOf(entry.getFileName().toString())));
        }
        return descriptors;
    }

    private static boolean isInherited(int descriptor, List<Path> kept) throws IOException {
        try {
            var target = Files.readSymbolicLink(OPEN.resolve(Integer.toString(descriptor)));
            return kept.stream().noneMatch(target::startsWith);
        } catch (NoSuchFileException closedMeanwhile) {
            return false;
        }
    }

    private static List<Path> filesOfTheJvm() throws IOException {
        var kept = new ArrayList<Path>();
        kept.add(Path.of(System.getProperty("java.home", "")).toRealPath());
        for (var entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
                kept.add(Path.of(entry).toRealPath());
            }
        }
        return kept;
    }
}
