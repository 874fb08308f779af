package pantheon.night.workspace.git;

import org.eclipse.jgit.lib.FileMode;

/** What git records of an entry besides its content. */
public enum EntryMode {
    FILE(FileMode.TYPE_FILE | 0644),
    EXECUTABLE(FileMode.TYPE_FILE | 0755),
    SYMLINK(FileMode.TYPE_SYMLINK),
    SUBMODULE(FileMode.TYPE_GITLINK);

    private final int bits;

    EntryMode(int bits) {
        this.bits = bits;
    }

    /** The mode of a tree's entry that is not itself a tree. */
    static EntryMode of(FileMode mode) {
        for (var entry : values()) {
            if (mode.equals(entry.bits)) {
                return entry;
            }
        }
        throw new IllegalArgumentException("not the mode of a file: " + mode);
    }

    /** The mode as git writes it, for example {@code 100644}. */
    public String octal() {
        return Integer.toOctalString(bits);
    }

    public int bits() {
        return bits;
    }

    public boolean isFile() {
        return this == FILE || this == EXECUTABLE;
    }
}
