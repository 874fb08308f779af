package pantheon.night.workspace.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one task: what its tools may touch, and what they have changed. */
public interface TaskFiles {
    /** The files as they are now, confined to the task's checkout. */
    ScratchFiles files();

    /**
     * What has changed up to now.
     *
     * @throws PathRefused where a changed file can be no part of a commit, for example because it is too large
     */
    Changes changes() throws PathRefused;

    /** A task's changes at one moment. */
    interface Changes {
        /** The paths that differ from the base, sorted. */
        List<String> paths();

        /** A file's content in the base, null where the base has no such file. */
        byte @Nullable [] original(String path) throws PathRefused;

        /** All changes in git's unified format, empty where there are none. */
        String patch();
    }
}
