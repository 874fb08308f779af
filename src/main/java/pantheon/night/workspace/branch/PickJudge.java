package pantheon.night.workspace.branch;

import java.util.Optional;

/** Judges files whose text was merged where a night's commit is put on a branch of people. */
@FunctionalInterface
public interface PickJudge {
    /** Takes every merge. */
    PickJudge NONE = (key, part) -> Optional.empty();

    /**
     * What is wrong with one task's part in merged files, for a person; empty where nothing is, or nobody knows its checks.
     *
     * @param key the idempotency key of the task's commit
     */
    Optional<String> problem(String key, MergeJudge.Part part);
}
