package pantheon.night.queue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pantheon.night.disk.RegularFile;

/** The lines of a UTF-8 file, one after the other, each kept up to a length. */
final class QueueLines implements AutoCloseable {
    /** Some editors put one before UTF-8 text, where it means nothing (RFC 3629, 6). */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Reader reader;
    private final int mostChars;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder line = new StringBuilder();
    private int at;
    private int end;

    /**
     * @param mostChars what a line has beyond these is passed over
     * @param mostBytes how large the file may be
     */
    QueueLines(Path file, int mostChars, long mostBytes) throws IOException {
        RegularFile.require(file, mostBytes);
        reader = RegularFile.reader(file);
        this.mostChars = mostChars;
        if (fill() && buffer[0] == BYTE_ORDER_MARK) {
            at = 1;
        }
    }

    /** Whether a file begins with the byte-order mark of UTF-16, in either order. */
    static boolean isUtf16(Path file) {
        try (var stream = RegularFile.stream(file)) {
            var first = stream.readNBytes(2);
            return Arrays.equals(first, new byte[] {(byte) 0xFE, (byte) 0xFF})
                    || Arrays.equals(first, new byte[] {(byte) 0xFF, (byte) 0xFE});
        } catch (IOException e) {
            return false; // it was read a moment ago; what is said of it stays true
        }
    }

    /** The next line without its end, null after the last. */
    @Nullable
    String next() throws IOException {
        line.setLength(0);
        while (at < end || fill()) {
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            line.append(buffer, at, Math.min(stop - at, mostChars - line.length()));
            at = stop + 1;
            if (stop < end) {
                return line.toString();
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, reader.read(buffer));
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
