package pantheon.night.workspace.git;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One path that a task changed.
 *
 * @param path relative to the workspace
 * @param before the entry in the base commit; null where there was none
 * @param after the entry that the task left; null where it left none
 */
public record Change(
        String path, @Nullable Entry before, @Nullable Entry after) {

    /** A file, symbolic link or submodule as git records it; the id is that of its blob, in hex. */
    public record Entry(EntryMode mode, String id) {}

    /** What happened to the path. A changed mode alone is a modification too. */
    public enum Kind {
        ADDED,
        MODIFIED,
        DELETED
    }

    public Change {
        if (Objects.equals(before, after)) {
            throw new IllegalArgumentException("nothing changed at " + path);
        }
    }

    public Kind kind() {
        if (before == null) {
            return Kind.ADDED;
        }
        return after == null ? Kind.DELETED : Kind.MODIFIED;
    }
}
