package pantheon.night.workspace.branch;

import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.git.NightBranch;

/** Somebody else took a night's commits off its branch: the night goes no further, or it would claim what is gone. */
public final class BranchLost {
    private BranchLost() {}

    /**
     * What to say where a branch of which a process is the only writer was moved by another one, with exit code 75.
     *
     * @param seen where it was left, null where it was not there
     * @param end where it is now, null where it is gone
     */
    public static NightException moved(NightBranch branch, @Nullable String seen, @Nullable String end) {
        return new NightException(
                ExitCode.WORK_LEFT,
                "somebody else moved the branch %s, from %s to %s: another process goes on with this night, or a person committed there. Start again once no other process does; what is there then is taken over."
                        .formatted(branch.name(), words(seen), words(end)));
    }

    private static String words(@Nullable String commit) {
        return commit == null ? "nothing" : commit;
    }

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
