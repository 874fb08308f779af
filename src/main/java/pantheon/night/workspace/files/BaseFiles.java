package pantheon.night.workspace.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of the commit that a task began with, whatever its tools have changed since; the same for all tasks of a night. */
public interface BaseFiles {
    /** What tells this commit from others: its id, where it is git's. */
    String commit();

    /** The paths of its regular files, sorted. */
    List<String> paths();

    /** The content of a regular file of at most {@link ScratchFiles#MAX_FILE_BYTES}. */
    byte[] content(String path) throws PathRefused;

    /** The same, null where it cannot be read. */
    default byte @Nullable [] found(String path) {
        try {
            return content(path);
        } catch (PathRefused e) {
            return null;
        }
    }

    /** What its history says of files that went, oldest first; nothing where there is none. Takes its time. */
    List<Moved> moved();

    /**
     * A file that went.
     *
     * @param to the path at which it went on, null where it was deleted
     */
    record Moved(String from, @Nullable String to) {}
}
