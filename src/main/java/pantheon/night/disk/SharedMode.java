package pantheon.night.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Who may use a file that several people write. In a folder that gives its files to its group (set-group-id, and writable for the
 * group) it is the group's, 0660 at the least, whatever the umask; elsewhere it is as it was.
 */
public final class SharedMode {
    private static final int SET_GROUP_ID_AND_GROUP_WRITE = 02020;
    private static final Set<PosixFilePermission> SHARED = PosixFilePermissions.fromString("rw-rw----");

    private SharedMode() {}

    /** Gives a new file the mode of the one that it will replace, if there is one, and of its folder. */
    public static void set(Path made, Path replaced) throws IOException {
        var modes = new HashSet<PosixFilePermission>();
        if (Files.exists(replaced)) {
            var before = Files.readAttributes(replaced, PosixFileAttributes.class);
            modes.addAll(before.permissions());
            keepGroup(made, before);
        }
        if (isShared(Objects.requireNonNull(made.getParent()))) {
            modes.addAll(SHARED);
        }
        if (!modes.isEmpty()) {
            Files.setPosixFilePermissions(made, modes);
        }
    }

    private static void keepGroup(Path made, PosixFileAttributes before) throws IOException {
        var view = Objects.requireNonNull(Files.getFileAttributeView(made, PosixFileAttributeView.class));
        if (!view.readAttributes().group().equals(before.group())) {
            view.setGroup(before.group());
        }
    }

    private static boolean isShared(Path folder) throws IOException {
        int mode = (int) Files.getAttribute(folder, "unix:mode");
        return (mode & SET_GROUP_ID_AND_GROUP_WRITE) == SET_GROUP_ID_AND_GROUP_WRITE;
    }
}
