package pantheon.night.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import pantheon.night.disk.RegularFile;

/** SHA-256 (FIPS 180-4) as lower-case hex, the form in which every digest of this program is written. */
public final class Sha256 {
    /** Copied, never used: a copy is cheaper than to look for the algorithm again. */
    private static final MessageDigest FRESH = fresh();

    private static final int BUFFER_BYTES = 1 << 16;

    private Sha256() {}

    /** A fresh digest, for content that comes in pieces. */
    public static MessageDigest digest() {
        return copy(FRESH);
    }

    private static MessageDigest fresh() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The digest of what a file holds, read piece by piece. */
    public static String hex(Path file) throws IOException {
        var digest = digest();
        try (var in = RegularFile.stream(file)) {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Another digest that has taken the same so far. */
    public static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's digests can be copied", e);
        }
    }

    /** The digest of what a digest has taken so far; it can take more. */
    public static String hexSoFar(MessageDigest digest) {
        return HexFormat.of().formatHex(copy(digest).digest());
    }

    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    /** The digest of a text's UTF-8 bytes. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
