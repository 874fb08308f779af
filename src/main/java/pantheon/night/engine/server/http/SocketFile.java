package pantheon.night.engine.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file of a Unix socket: unix(7). */
public final class SocketFile {
    /** The room for a path in the address of a Unix socket, its last byte a zero. */
    private static final int MOST_BYTES = 107;

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;
    private static final int PERMISSIONS = 0777;

    private SocketFile() {}

    /** Why no server could ever be asked at a path, whoever listens there later; empty where there is nothing against it. */
    public static Optional<String> problem(Path socket) {
        int bytes = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            return Optional.of("has a path of %d bytes; the system allows %d".formatted(bytes, MOST_BYTES));
        }
        if (!Files.exists(socket)) {
            return Optional.empty(); // the server makes it
        }
        try {
            return (mode(socket) & TYPE) == SOCKET ? Optional.empty() : Optional.of("is no socket");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of("cannot be looked at: " + e.getMessage());
        }
    }

    /** Tells one file at the path from another, which a server makes when it is started anew; empty where there is none. */
    public static String stamp(Path socket) {
        try {
            return "%s %s".formatted(Files.getAttribute(socket, "unix:ino"), Files.getAttribute(socket, "unix:ctime"));
        } catch (IOException e) {
            return "";
        }
    }

    /** Owner, group and permissions, for example {@code llama:night rw-rw----}. */
    public static String words(Path socket) throws IOException {
        int bits = mode(socket) & PERMISSIONS;
        var permissions = PosixFilePermissions.fromString(written(bits));
        return "%s:%s %s"
                .formatted(
                        Files.getAttribute(socket, "posix:owner"),
                        Files.getAttribute(socket, "posix:group"),
                        PosixFilePermissions.toString(permissions));
    }

    private static String written(int bits) {
        var written = new StringBuilder();
        for (int i = 8; i >= 0; i--) {
            written.append(((bits >> i) & 1) == 0 ? '-' : "xwr".charAt(i % 3));
        }
        return written.toString();
    }

    private static int mode(Path socket) throws IOException {
        return (int) Files.getAttribute(socket, "unix:mode");
    }
}
