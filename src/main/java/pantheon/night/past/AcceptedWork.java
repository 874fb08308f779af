package pantheon.night.past;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.Work;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Json;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * The work of a task that was accepted, and by which checks: whatever it is merged with has to pass them too.
 *
 * @param agent null where the configuration no longer has it
 */
public record AcceptedWork(String task, @Nullable Agent agent, ObjectNode input, ObjectNode output) {
    /** The same where its agent may have ended it without a word. */
    public static AcceptedWork of(String task, @Nullable Agent agent, ObjectNode input, @Nullable ObjectNode output) {
        return new AcceptedWork(task, agent, input, output == null ? Json.object() : output);
    }

    /** A task's that a journal tells of. */
    public static AcceptedWork of(CommittedTask task, Map<String, Agent> agents) {
        var started = task.started();
        return of(started.task(), agents.get(started.agent()), started.input(), task.output());
    }

    /** The longest that all its checks may take together: the time of one call. */
    public Duration limit() {
        return agent == null ? Duration.ZERO : agent.limits().toolTime();
    }

    /**
     * What is wrong with its part in merged files, for a person; empty where nothing is.
     *
     * @param part what it would have changed, had it come last
     * @param contained where checks run
     * @param left how much time there still is
     */
    public Optional<String> problem(TaskFiles.Changes part, Contained contained, Supplier<Duration> left) {
        if (agent == null) {
            return Optional.of("the agent of task %s is no longer configured".formatted(task));
        }
        var work = new Work(input, output, part);
        return agent.checks().stream()
                .map(check -> problem(check, work, contained, left.get()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(problem ->
                        "of task %s (%s@%s) the check %s".formatted(task, agent.name(), agent.version(), problem));
    }

    private static Optional<String> problem(Check check, Work work, Contained contained, Duration left) {
        var result = check.check(work, contained, left.isNegative() ? Duration.ZERO : left);
        return result.passed() ? Optional.empty() : Optional.of("%s: %s".formatted(result.check(), result.message()));
    }
}
