package pantheon.night.workspace.branch;

import java.util.List;

/** What became of a {@link CommitRequest}. */
public sealed interface CommitResult {

    /**
     * The branch now ends in the new commit.
     *
     * @param commitId its id in hex
     * @param mergedPaths the files whose text was merged with what the branch had gained since the base commit; nobody
     *     has checked these contents yet
     */
    record Committed(String commitId, List<String> mergedPaths) implements CommitResult {
        public Committed {
            mergedPaths = List.copyOf(mergedPaths);
        }

        public boolean merged() {
            return !mergedPaths.isEmpty();
        }
    }

    /** The branch changed the same lines, or the same paths in another way; nothing was written. */
    record Conflict(List<String> paths) implements CommitResult {
        public Conflict {
            paths = List.copyOf(paths);
        }
    }

    /** The task changed nothing that the branch does not have already. */
    record NothingToCommit() implements CommitResult {}
}
