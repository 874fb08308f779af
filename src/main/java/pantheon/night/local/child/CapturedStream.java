package pantheon.night.local.child;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/** A pipe for a child's standard output or error; what comes out of it is kept up to a bound, and counted after it. */
final class CapturedStream implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int EINTR = 4;

    private final Kernel kernel;
    private final int boundBytes;
    private final Runnable onOverflow;
    private final Pipe pipe;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread reader;

    /** @param onOverflow is called once, by another thread, when more comes than the bound allows */
    CapturedStream(Kernel kernel, int boundBytes, Runnable onOverflow) {
        this.kernel = kernel;
        this.boundBytes = boundBytes;
        this.onOverflow = onOverflow;
        this.pipe = new Pipe(kernel);
        reader = Thread.ofPlatform().daemon().name("tool-output").unstarted(this::read);
    }

    /** The end that the child writes to. */
    int writeEnd() {
        return pipe.writeEnd();
    }

    /** Once the child has its end: reads to the last byte that any process writes. */
    void start() {
        pipe.closeWriteEnd();
        reader.start();
    }

    private void read() {
        try (var arena = Arena.ofConfined()) {
            var buffer = arena.allocate(BUFFER_BYTES);
            boolean over = false;
            for (long bytes = next(buffer); bytes > 0; bytes = next(buffer)) {
                if (!keep(buffer, bytes) && !over) {
                    over = true;
                    onOverflow.run();
                }
            }
        }
    }

    /** How many bytes came into the buffer; 0 where no more will. */
    private long next(MemorySegment buffer) {
        var got = kernel.call(SystemCall.READ, pipe.readEnd(), buffer.address(), BUFFER_BYTES);
        while (got.errno() == EINTR) {
            got = kernel.call(SystemCall.READ, pipe.readEnd(), buffer.address(), BUFFER_BYTES);
        }
        return got.succeeded() ? got.value() : 0;
    }

    /** Whether the bound leaves room for all of it. */
    private boolean keep(MemorySegment buffer, long bytes) {
        int room = (int) Math.min(bytes, boundBytes - kept.size());
        kept.writeBytes(buffer.asSlice(0, room).toArray(ValueLayout.JAVA_BYTE));
        return room == bytes;
    }

    /** What was kept, once every process that could write is gone. */
    String text() throws InterruptedException {
        reader.join();
        return kept.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        pipe.close();
    }
}
