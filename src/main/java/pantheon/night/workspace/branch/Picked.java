package pantheon.night.workspace.branch;

import java.util.List;

/** What became of a night's commit that was to be on another branch. */
public sealed interface Picked {
    /** The night's commit, its id in hex. */
    String commit();

    /**
     * It is on the branch now.
     *
     * @param as the commit that the branch has of it; the same one where it fitted as it was
     * @param isUnchecked whether lines of it were merged with others and no check was asked, as its trailer says too
     */
    record Taken(String commit, String as, boolean isUnchecked) implements Picked {}

    /** The branch had it, or all that it changes, already. */
    record There(String commit) implements Picked {}

    /** The branch changed the same lines, or the same paths in another way; it was left out. */
    record Conflict(String commit, List<String> paths) implements Picked {
        public Conflict {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Its lines fit beside those of the branch, and what came of them does not pass the checks of the tasks whose work is
     * in it; it was left out.
     *
     * @param problem which check says what, for a person
     */
    record Refused(String commit, String problem) implements Picked {}
}
