package pantheon.night.workspace.git;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What may be shown and merged line by line: UTF-8 without NUL, of at most 1 MiB. Everything else is binary. */
public final class Text {
    private static final int MAX_BYTES = 1024 * 1024;

    private Text() {}

    public static boolean is(byte[] content) {
        return content.length <= MAX_BYTES && !hasNul(content) && isUtf8(content);
    }

    private static boolean hasNul(byte[] content) {
        for (byte b : content) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUtf8(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
