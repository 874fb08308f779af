package pantheon.night.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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
        return nextLine() ? line.toByteArray() : null;
    }

    /** How many bytes follow the last line end; known once there are no more lines. */
    int left() {
        return line.size();
    }

    private boolean nextLine() throws IOException {
        while (true) {
            for (int i = at; i < end; i++) {
                if (buffer[i] == '\n') {
                    line.write(buffer, at, i - at);
                    at = i + 1;
                    return true;
                }
            }
            line.write(buffer, at, end - at);
            at = 0;
            end = Math.max(0, stream.read(buffer));
            if (end == 0) {
                return false;
            }
        }
    }
}
