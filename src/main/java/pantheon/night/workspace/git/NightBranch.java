package pantheon.night.workspace.git;

import org.eclipse.jgit.lib.Repository;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** A branch that this program may move: its name begins with {@value #PREFIX}. No other ref is ever written. */
public record NightBranch(String name) {
    public static final String PREFIX = "night/";
    private static final String HEADS = "refs/heads/";

    public NightBranch {
        if (!name.startsWith(PREFIX) || !Repository.isValidRefName(HEADS + name)) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "the branch \"" + name + "\" is not one that a night may write. Expected \"" + PREFIX
                            + "\" and a name that git allows, for example " + PREFIX + "2026-11-23.");
        }
    }

    /** The branch of a run. */
    public static NightBranch of(String run) {
        return new NightBranch(PREFIX + run);
    }

    public String refName() {
        return HEADS + name;
    }
}
