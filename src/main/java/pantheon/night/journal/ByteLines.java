package pantheon.night.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A stream taken apart at its line ends, as bytes. What follows the last line end is no line, but is told. */
final class ByteLines {
    private final InputStream stream;
    private final byte[] buffer = new byte[1 << 16];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;

    ByteLines(InputStream stream) {
        this.stream = stream;
    }

    /** The next line without its end, null where there is none. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        while (true) {
            for (int i = at; i < end; i++) {
                if (buffer[i] == '\n') {
                    return upTo(i);
                }
            }
            line.write(buffer, at, end - at);
            at = 0;
            end = Math.max(0, stream.read(buffer));
            if (end == 0) {
                return null;
            }
        }
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
