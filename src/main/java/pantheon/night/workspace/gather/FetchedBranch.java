package pantheon.night.workspace.gather;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.branch.BranchCommit;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.WriteSteps;

/**
 * A night's branch, brought from the repository in which the night worked.
 *
 * @param base the commit that the night was begun on
 * @param end the night's last commit
 */
public record FetchedBranch(NightBranch branch, String base, String end) {
    /**
     * Brings it. One that is there already, or the first part of it, is moved on; where both repositories are the same,
     * nothing is to be done.
     *
     * @param who is named in the branch's log
     * @throws NightException with exit code 65 where the base commit is not there, 73 where the branch ends elsewhere
     */
    public void bring(Repository from, Repository to, Identity who, Instant now, WriteSteps steps) throws IOException {
        if (!to.getObjectDatabase().has(ObjectId.fromString(base))) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s has no commit %s, on which the night of %s was begun. Fetch it there, or gather in a clone of the same repository."
                            .formatted(to.getDirectory(), base, branch.name()));
        }
        var last = ObjectId.fromString(end);
        new CopiedCommits(from, to).copy(ObjectId.fromString(base), last);
        var ref = to.exactRef(branch.refName());
        if (ref != null && last.equals(ref.getObjectId())) {
            return;
        }
        BranchCommit.requireFree(to, branch);
        var before = ref == null ? ObjectId.zeroId() : Objects.requireNonNull(ref.getObjectId());
        if (!before.equals(ObjectId.zeroId()) && !leadsTo(to, before, last)) {
            throw elsewhere(to);
        }
        var person = new PersonIdent(who.name(), who.email(), now, ZoneOffset.UTC);
        NightRef.move(to, branch, before, last, person, steps);
    }

    private static boolean leadsTo(Repository repository, ObjectId from, ObjectId to) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(from), walk.parseCommit(to));
        }
    }

    private NightException elsewhere(Repository to) {
        return new NightException(
                ExitCode.CANT_CREATE,
                "the branch %s of %s is there, and does not lead to commit %s, in which the night ended. Look at it, and delete it there."
                        .formatted(branch.name(), to.getDirectory(), end));
    }
}
