package pantheon.night.local.child;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/** Both ends of a pipe, which no program that is started inherits unasked. */
final class Pipe implements AutoCloseable {
    private static final int O_CLOEXEC = 0x80000;
    private static final int CLOSED = -1;

    private final Kernel kernel;
    private final int readEnd;
    private int writeEnd;
    private boolean readEndOpen = true;

    Pipe(Kernel kernel) {
        this.kernel = kernel;
        try (var arena = Arena.ofConfined()) {
            var ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            var made = kernel.call(SystemCall.PIPE2, ends.address(), O_CLOEXEC);
            if (!made.succeeded()) {
                throw new NightException(
                        ExitCode.IO,
                        "no pipe for a tool can be made (errno %d). Raise the limit on open files."
                                .formatted(made.errno()));
            }
            readEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
            writeEnd = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
        }
    }

    int readEnd() {
        return readEnd;
    }

    int writeEnd() {
        return writeEnd;
    }

    /** Writes a short line, which a pipe that nobody wrote to takes at once. */
    void writeLine(String line) {
        try (var arena = Arena.ofConfined()) {
            var bytes = arena.allocateFrom(line + "\n", StandardCharsets.US_ASCII);
            kernel.call(SystemCall.WRITE, writeEnd, bytes.address(), line.length() + 1L);
        }
    }

    void closeReadEnd() {
        if (readEndOpen) {
            readEndOpen = false;
            kernel.call(SystemCall.CLOSE, readEnd);
        }
    }

    void closeWriteEnd() {
        if (writeEnd != CLOSED) {
            kernel.call(SystemCall.CLOSE, writeEnd);
            writeEnd = CLOSED;
        }
    }

    @Override
    public void close() {
        closeWriteEnd();
        closeReadEnd();
    }
}
