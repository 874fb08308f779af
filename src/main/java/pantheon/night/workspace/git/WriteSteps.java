package pantheon.night.workspace.git;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Is told before each step in which a workspace writes; one of the edges where effects are, handed in. What it throws
 * happens in place of the step.
 */
@FunctionalInterface
public interface WriteSteps {
    /** A step that happens wholly or not at all, as far as whoever comes after a crash can see. */
    enum Step {
        /** A file of a scratch checkout is made. */
        CHECK_OUT_FILE,
        /** The blobs and trees of a commit are added. */
        ADD_OBJECTS,
        /** The commit is added; no branch leads to it yet. */
        ADD_COMMIT,
        /** The branch is moved to the commit. */
        MOVE_BRANCH,
        /** What the branch was moved to is made to last. */
        SYNC_BRANCH
    }

    /**
     * A step is about to be taken.
     *
     * @param file what is written: a name in the checkout, the repository, or the branch's file
     */
    void before(Step step, Path file) throws IOException;

    /** Lets every step happen. */
    static WriteSteps all() {
        return (step, file) -> {};
    }
}
