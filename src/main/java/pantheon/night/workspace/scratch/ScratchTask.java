package pantheon.night.workspace.scratch;

import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.BaseFiles;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.ScratchFiles;
import pantheon.night.workspace.files.TaskFiles;
import pantheon.night.workspace.git.Snapshot;

/** A scratch checkout as one task's tools see it, and after them its checks and its commit. */
public final class ScratchTask implements TaskFiles {
    private final Scratch scratch;
    private @Nullable Snapshot left;
    private @Nullable PathRefused refused;

    /** @param scratch as the base commit has it; the task has not begun */
    public ScratchTask(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public ScratchFiles files() {
        return scratch.files();
    }

    @Override
    public BaseFiles base() {
        return scratch.baseFiles();
    }

    @Override
    public Snapshot changes() throws PathRefused {
        return scratch.snapshot();
    }

    @Override
    public Snapshot left() throws PathRefused {
        if (refused != null) {
            throw refused;
        }
        if (left == null) {
            left = look();
        }
        return left;
    }

    private Snapshot look() throws PathRefused {
        try {
            return changes();
        } catch (PathRefused e) {
            refused = e;
            throw e;
        }
    }
}
