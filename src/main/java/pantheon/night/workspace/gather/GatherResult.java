package pantheon.night.workspace.gather;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the work of several nights. A commit that is in neither list is on the branch as it was.
 *
 * @param end where the branch ends; null where there is no work, and no branch
 * @param merges how many merges were made: one of all nights where nothing was left out
 * @param carried commits that were made again, since one before them was left out
 * @param leftOut commits whose change is not on the branch
 */
public record GatherResult(@Nullable String end, int merges, List<Carried> carried, List<LeftOut> leftOut) {
    /** A commit, and what the branch has of it. */
    public record Carried(String commit, String as) {}

    /**
     * A commit, and why it does not fit what is on the branch.
     *
     * @param paths those in conflict, or whose text was merged
     * @param problem what is wrong with the merged text; null where it could not be merged
     */
    public record LeftOut(
            String commit, List<String> paths, @Nullable String problem) {
        public LeftOut {
            paths = List.copyOf(paths);
        }
    }

    public GatherResult {
        carried = List.copyOf(carried);
        leftOut = List.copyOf(leftOut);
    }
}
