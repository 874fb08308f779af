package pantheon.night.report.section;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * Where things are, and in which zone times are told.
 *
 * @param workspace the git repository
 * @param artifacts the night's folder of artifacts, one folder a task
 * @param target the folder that the report is written into
 */
public record Places(Path workspace, Path artifacts, Path target, ZoneId zone) {
    public Places {
        workspace = workspace.toAbsolutePath().normalize();
        artifacts = artifacts.toAbsolutePath().normalize();
        target = target.toAbsolutePath().normalize();
    }

    /** A link from the report to a file, percent-encoded (RFC 3986). */
    String href(Path file) {
        var path = target.relativize(file).toString();
        // what begins with a name and a colon would be taken for a scheme
        var href = new StringBuilder(path.startsWith("..") ? "" : "./");
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            if (b == '/' || b == '.' || b == '-' || b == '_' || b == '~' || Character.isLetterOrDigit(b)) {
                href.append((char) b);
            } else {
                href.append("%%%02X".formatted(b & 0xFF));
            }
        }
        return href.toString();
    }
}
