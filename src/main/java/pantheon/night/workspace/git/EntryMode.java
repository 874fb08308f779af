package pantheon.night.workspace.git;

import java.util.Arrays;
import java.util.Optional;
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

    /** The mode of a tree's entry; empty where it is none that git writes for what is not itself a tree. */
    static Optional<EntryMode> of(FileMode mode) {
        return Arrays.stream(values()).filter(entry -> mode.equals(entry.bits)).findFirst();
    }

    /** The same of an entry that is only compared: whatever it is, it is no file, and nothing is merged with it. */
    public static EntryMode ofAny(FileMode mode) {
        return of(mode).orElse(SUBMODULE);
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
