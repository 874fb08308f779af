package pantheon.night.workspace.gather;

import java.io.IOException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.branch.BranchCommit;
import pantheon.night.workspace.branch.SharedBranch;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.WriteSteps;

/** Moves a night's branch by compare-and-swap to commits that others made. */
public final class NightRef {
    private NightRef() {}

    /**
     * Moves it, and makes that last.
     *
     * @param from where it is; the zero id where it is not there
     * @throws NightException with exit code 73 where it is elsewhere, or cannot be written
     */
    public static void move(
            Repository repository, NightBranch branch, ObjectId from, ObjectId to, PersonIdent who, WriteSteps steps)
            throws IOException {
        var git = repository.getCommonDirectory().toPath();
        var update = repository.updateRef(branch.refName(), true);
        update.setExpectedOldObjectId(from);
        update.setNewObjectId(to);
        update.setRefLogIdent(who);
        update.setRefLogMessage("gather: pantheon-night", false);
        steps.before(WriteSteps.Step.MOVE_BRANCH, git.resolve(branch.refName()));
        var result = update.update();
        if (result != RefUpdate.Result.NEW && result != RefUpdate.Result.FAST_FORWARD) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the branch %s cannot be written: %s. Check that this user may write %s, and that nobody else moves it."
                            .formatted(branch.name(), result, git));
        }
        SharedBranch.of(repository).branch(branch.name());
        BranchCommit.sync(git.resolve(branch.refName()), steps);
    }
}
