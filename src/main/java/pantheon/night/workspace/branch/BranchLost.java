package pantheon.night.workspace.branch;

import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.git.NightBranch;

/** Somebody else took a night's commits off its branch: the night goes no further, or it would claim what is gone. */
public final class BranchLost {
    private BranchLost() {}

    /**
     * What to say of it, with exit code 65.
     *
     * @param commit what the branch must hold
     * @param end where it is now, null where it is gone
     */
    public static NightException of(NightBranch branch, String commit, @Nullable String end) {
        return new NightException(
                ExitCode.DATA,
                "the branch %1$s no longer holds commit %2$s of this night: it %3$s. Put it back (git branch -f %1$s %2$s) and start again, or end this night where it is with --fresh."
                        .formatted(branch.name(), commit, end == null ? "was deleted" : "is at " + end + " now"));
    }
}
