package pantheon.night.cli.dryrun;

import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightException;
import pantheon.night.cli.setup.Setup;
import pantheon.night.queue.Order;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;

/**
 * How long a dry run's tasks are, as the night's order has it. The workspace is opened only where earlier tasks show
 * that length matters; where it cannot be, no length is known.
 */
final class TaskLengths implements ToLongFunction<Task>, AutoCloseable {
    private final @Nullable Workspace workspace;
    private final @Nullable String problem;
    private final ToLongFunction<Task> lengths;

    private TaskLengths(@Nullable Workspace workspace, @Nullable String problem, ToLongFunction<Task> lengths) {
        this.workspace = workspace;
        this.problem = problem;
        this.lengths = lengths;
    }

    static TaskLengths of(Setup setup, Outlook outlook) {
        if (setup.agents().values().stream().noneMatch(outlook::tellsLengthsApart)) {
            return new TaskLengths(null, null, task -> -1);
        }
        try {
            var workspace = Workspace.open(setup.config().workspace());
            return new TaskLengths(workspace, null, outlook.needed(Order.lengths(workspace, workspace.baseCommit())));
        } catch (NightException e) {
            return new TaskLengths(null, e.getMessage(), task -> -1);
        }
    }

    /** Why no length is known though it matters. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** The length in bytes, -1 where it is not known or tells nothing. */
    @Override
    public long applyAsLong(Task task) {
        return lengths.applyAsLong(task);
    }

    @Override
    public void close() {
        if (workspace != null) {
            workspace.close();
        }
    }
}
