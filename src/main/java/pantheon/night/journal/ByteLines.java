package pantheon.night.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stream taken apart at its line ends, as bytes. What follows the last line end is no line, but is told. */
final class ByteLines {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long LINE_ENDS = ONES * '\n';

    /** No line that the program writes is as long. */
    private static final int LONGEST_BYTES = 1 << 27;

    private final InputStream stream;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;

    ByteLines(InputStream stream) {
        this(stream, LONGEST_BYTES);
    }

    /** Whether all bytes are of ASCII. */
    static boolean isAscii(byte[] bytes) {
        long bits = 0;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            bits |= (long) LONGS.get(bytes, at);
        }
        for (; at < bytes.length; at++) {
            bits |= bytes[at];
        }
        return (bits & HIGH_BITS) == 0;
    }

    /** @param longest how many bytes a line may have */
    ByteLines(InputStream stream, int longest) {
        this.stream = stream;
        this.longest = longest;
    }

    /**
     * The next line without its end, null where there is none.
     *
     * @throws IOException also where a line is too long to be read
     */
    byte @Nullable [] next() throws IOException {
        line.reset();
        while (true) {
            int lineEnd = lineEnd();
            if (lineEnd < end) {
                return upTo(lineEnd);
            }
            line.write(buffer, at, end - at);
            if (line.size() > longest) {
                throw new IOException("a line is longer than %d bytes".formatted(longest));
            }
            at = 0;
            end = Math.max(0, stream.read(buffer));
            if (end == 0) {
                return null;
            }
        }
    }

    /** Where the line ends in the buffer, or where that does; eight bytes are looked at at once. */
    private int lineEnd() {
        int i = at;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long zeroWhereEnd = (long) LONGS.get(buffer, i) ^ LINE_ENDS;
            long found = (zeroWhereEnd - ONES) & ~zeroWhereEnd & HIGH_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (i < end && buffer[i] != '\n') {
            i++;
        }
        return i;
    }

    /** Nearly every line lies in the buffer as a whole, and is copied once. */
    private byte[] upTo(int lineEnd) {
        int from = at;
        at = lineEnd + 1;
        if (line.size() == 0) {
            return Arrays.copyOfRange(buffer, from, lineEnd);
        }
        line.write(buffer, from, lineEnd - from);
        return line.toByteArray();
    }

    /** How many bytes follow the last line end; known once there are no more lines. */
    int left() {
        return line.size();
    }
}
