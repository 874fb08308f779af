package pantheon.night.workspace.git;

import org.eclipse.jgit.lib.Repository;
import pantheon.night.ExitCode;
import pantheon.night.NightException;

/** A branch that this program may move: its name begins with {@value #PREFIX}. A night writes no other ref. */
public record NightBranch(String name) {
    /** Of all of them, below {@code refs/heads}. */
    public static final String FOLDER = "night";

    public static final String PREFIX = FOLDER + "/";
    private static final String HEADS = "refs/heads/";

    public NightBranch {
        if (!name.startsWith(PREFIX) || !Repository.isValidRefName(HEADS + name)) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "the branch \"%s\" is not one that a night may write.".formatted(name)
                            + " Expected \"%1$s\" and a name that git allows, for example %1$s2026-11-23."
                                    .formatted(PREFIX));
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
