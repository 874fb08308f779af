package pantheon.night.proof;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** A key as text: base64 between two lines that name what it is (RFC 7468). */
final class Pem {
    /** More than any key takes. */
    static final int MOST_BYTES = 1 << 14;

    private static final Pattern TEXT =
            Pattern.compile("\\s*-----BEGIN ([A-Z ]+)-----\\s+([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static String write(String label, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, LINES.encodeToString(content));
    }

    /** The content of a text that holds one thing of this label, and nothing else. */
    static Optional<byte[]> read(String label, String text) {
        var found = TEXT.matcher(text);
        if (!found.matches() || !found.group(1).equals(label)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(found.group(2).replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
