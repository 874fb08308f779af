package pantheon.night.morning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import pantheon.night.disk.RegularFile;

/**
 * A text that files are searched for, without taking them apart: from the text's end, passing over as many bytes as the last
 * one that was looked at allows (Horspool, 1980).
 */
final class Mention {
    private static final int BUFFER_BYTES = 1 << 20;

    private final byte[] text;
    private final int[] step = new int[1 << Byte.SIZE];

    /** @param text of at most some hundred characters, and one at least */
    Mention(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        int last = this.text.length - 1;
        Arrays.fill(step, this.text.length);
        for (int i = 0; i < last; i++) {
            step[Byte.toUnsignedInt(this.text[i])] = last - i;
        }
    }

    /** Whether a file has it somewhere. */
    boolean isIn(Path file) throws IOException {
        try (var stream = RegularFile.stream(file)) {
            var buffer = new byte[BUFFER_BYTES];
            int filled = 0;
            for (int read = stream.read(buffer); read > 0; read = stream.read(buffer, filled, BUFFER_BYTES - filled)) {
                filled += read;
                if (isIn(buffer, filled)) {
                    return true;
                }
                int rest = Math.min(filled, text.length - 1); // it may begin there
                System.arraycopy(buffer, filled - rest, buffer, 0, rest);
                filled = rest;
            }
            return false;
        }
    }

    private boolean isIn(byte[] bytes, int length) {
        int last = text.length - 1;
        for (int end = last; end < length; end += step[Byte.toUnsignedInt(bytes[end])]) {
            if (bytes[end] == text[last] && Arrays.equals(bytes, end - last, end, text, 0, last)) {
                return true;
            }
        }
        return false;
    }
}
