package pantheon.night.workspace.files;

import java.util.List;

/** The files of the commit that a task began with, whatever its tools have changed since; the same for all tasks of a night. */
public interface BaseFiles {
    /** What tells this commit from others: its id, where it is git's. */
    String commit();

    /** The paths of its regular files, sorted. */
    List<String> paths();

    /** The content of a regular file of at most {@link ScratchFiles#MAX_FILE_BYTES}. */
    byte[] content(String path) throws PathRefused;
}
