package pantheon.night.workspace.branch;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.workspace.files.TaskFiles;

/** Judges files whose text was merged out of several tasks' work, before the branch moves to them. */
@FunctionalInterface
public interface MergeJudge {
    /**
     * One task's part in merged files: what it would have changed, had it come last.
     *
     * @param commit the commit of the branch that brought this part; null for the one that is to be made
     * @param mergedPaths the files whose text was merged
     */
    record Part(@Nullable String commit, List<String> mergedPaths, TaskFiles.Changes changes) {
        public Part {
            mergedPaths = List.copyOf(mergedPaths);
        }
    }

    /** What is wrong with it, for a person; empty where nothing is. */
    Optional<String> problem(Part part);
}
