package pantheon.night.workspace.files;

import java.nio.file.attribute.BasicFileAttributes;

/** What a directory holds under a name, no symbolic link followed. */
public enum FileKind {
    ABSENT,
    FILE,
    DIRECTORY,
    SYMLINK,
    /** A named pipe, a socket or a device. */
    OTHER;

    static FileKind of(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return SYMLINK;
        }
        if (attributes.isDirectory()) {
            return DIRECTORY;
        }
        return attributes.isRegularFile() ? FILE : OTHER;
    }
}
