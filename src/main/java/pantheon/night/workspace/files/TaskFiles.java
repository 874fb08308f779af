package pantheon.night.workspace.files;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one task: what its tools may touch, and what they have changed. */
public interface TaskFiles {
    /** The files as they are now, confined to the task's checkout. */
    ScratchFiles files();

    /** The files as they were before the task. */
    BaseFiles base();

    /**
     * What has changed up to now.
     *
     * @throws PathRefused where a changed file can be no part of a commit, for example because it is too large
     */
    Changes changes() throws PathRefused;

    /**
     * What the task left, looked at once, when its tools have ended: whoever asks again is given the same, whatever has
     * been written since. It is what is checked and what is committed.
     *
     * @throws PathRefused as {@link #changes} does, and then each time
     */
    Changes left() throws PathRefused;

    /** A task's changes at one moment. */
    interface Changes {
        /** The paths that differ from the base, sorted. */
        List<String> paths();

        /** A file's content in the base, null where the base has no such file. */
        byte @Nullable [] original(String path) throws PathRefused;

        /** A file's content at that moment, whether it differs from the base or not. */
        byte[] content(String path) throws PathRefused;

        /** All changes in git's unified format, empty where there are none. */
        String patch();
    }
}
