package pantheon.night.workspace.branch;

import java.util.List;

/** What became of a {@link CommitRequest}. */
public sealed interface CommitResult {

    /**
     * The branch now ends in the new commit.
     *
     * @param commitId its id in hex
     * @param mergedPaths the files whose text was merged with what the branch had gained since the base commit
     * @param merged whether the commit changes anything but what the task did: texts were merged, or the branch had a
     *     part of it already
     */
    record Committed(String commitId, List<String> mergedPaths, boolean merged) implements CommitResult {
        public Committed {
            mergedPaths = List.copyOf(mergedPaths);
        }
    }

    /** The branch changed the same lines, or the same paths in another way; nothing was written. */
    record Conflict(List<String> paths) implements CommitResult {
        public Conflict {
            paths = List.copyOf(paths);
        }
    }

    /**
     * Texts were merged, and the files that came of it are not right; nothing was written.
     *
     * @param problem what is wrong, for a person
     */
    record Refused(String problem) implements CommitResult {}

    /** The task changed nothing that the branch does not have already. */
    record NothingToCommit() implements CommitResult {}
}
