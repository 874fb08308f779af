package pantheon.night.workspace.branch;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.workspace.git.NightBranch;

/** A branch of people that they named to have a night's work on it; a night's own is none. */
public record MergeTarget(String name) {
    public MergeTarget {
        boolean isNights = name.equals(NightBranch.FOLDER) || name.startsWith(NightBranch.PREFIX);
        boolean isName = Repository.isValidRefName(Constants.R_HEADS + name)
                && !name.startsWith("refs/")
                && !name.equals(Constants.HEAD);
        if (isNights || !isName) {
            throw new NightException(
                    ExitCode.USAGE,
                    "\"%s\" %s. Name a branch of yours, for example morning."
                            .formatted(
                                    name,
                                    isNights
                                            ? "is a night's own branch, which stays as the night left it"
                                            : "is no name of a branch"));
        }
    }

    String refName() {
        return Constants.R_HEADS + name;
    }
}
