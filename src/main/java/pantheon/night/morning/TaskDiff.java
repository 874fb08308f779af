package pantheon.night.morning;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Sha256;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.report.section.TaskArtifacts;
import pantheon.night.workspace.Workspace;

/**
 * Where the change is that a task made: in the repository as its commit, else among its artifacts, where the journal's
 * digest shows that it is the task's.
 *
 * @param workspace the git repository
 * @param artifacts what the task left on the disk
 */
public record TaskDiff(Path workspace, TaskArtifacts artifacts) {
    /** The change as a patch in git's form; empty where the task left none, or it is not there any more. */
    public Optional<String> of(TaskRecord task) {
        return committed(task.commit()).or(() -> artifacts.diff(task)).filter(patch -> !patch.isEmpty());
    }

    /**
     * The same, where one is wanted.
     *
     * @throws NightException with exit code 65 where there is none
     */
    public String require(TaskRecord task) {
        return of(task).orElseThrow(() -> new NightException(
                ExitCode.DATA,
                leftNone(task)
                        ? "task %s left no change, so it has no diff: it ended as %s."
                                .formatted(task.id(), task.reason())
                        : "the diff of task %s is not there any more: neither its commit nor its diff.patch is. Look for it in a backup."
                                .formatted(task.id())));
    }

    private static boolean leftNone(TaskRecord task) {
        return task.diffDigest() == null || task.diffDigest().equals(Sha256.hex(""));
    }

    private Optional<String> committed(@Nullable String commit) {
        if (commit == null) {
            return Optional.empty();
        }
        try (var repository = Workspace.open(workspace)) {
            return repository.hasCommit(commit) ? Optional.of(repository.patch(commit)) : Optional.empty();
        }
    }
}
