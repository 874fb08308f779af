package pantheon.night.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.NightClock;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.Work;
import pantheon.night.agent.Agent;
import pantheon.night.contract.Json;
import pantheon.night.past.CommittedTask;
import pantheon.night.workspace.branch.MergeJudge;
import pantheon.night.workspace.branch.MergeJudge.Part;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tasks whose work is on the night's branch. Where a task's text is merged with theirs, what comes of it has to pass
 * the checks of them all.
 */
final class CommittedWork {
    private final Contained contained;
    private final NightClock clock;
    private final Map<String, Accepted> byCommit = new HashMap<>();
    private @Nullable String last;

    /** @param contained where checks run */
    CommittedWork(Contained contained, NightClock clock) {
        this.contained = contained;
        this.clock = clock;
    }

    /**
     * A task that was accepted.
     *
     * @param agent null where the configuration no longer has it
     */
    record Accepted(String task, @Nullable Agent agent, ObjectNode input, ObjectNode output) {}

    void add(String commit, Accepted work) {
        byCommit.put(commit, work);
        last = commit;
    }

    /** The newest commit, empty where there is none. */
    Optional<String> last() {
        return Optional.ofNullable(last);
    }

    /** Takes over what an interrupted night had committed. */
    void addAll(List<CommittedTask> tasks, Map<String, Agent> agents) {
        for (var task : tasks) {
            var started = task.started();
            var output = task.output() == null ? Json.object() : task.output();
            add(task.commit(), new Accepted(started.task(), agents.get(started.agent()), started.input(), output));
        }
    }

    /**
     * What judges a merge of one task's work with that on the branch.
     *
     * @param limit the longest that all the checks of it may take together
     */
    MergeJudge judge(Accepted mine, Duration limit) {
        var end = clock.awake().plus(limit);
        return part -> {
            var whose = part.commit() == null ? mine : byCommit.get(part.commit());
            return whose == null
                    ? Optional.of("commit %s is of no task of this night".formatted(part.commit()))
                    : problem(whose, part, end);
        };
    }

    private Optional<String> problem(Accepted whose, Part part, Duration end) {
        var agent = whose.agent();
        if (agent == null) {
            return Optional.of("the agent of task %s is no longer configured".formatted(whose.task()));
        }
        var work = new Work(whose.input(), whose.output(), part.changes());
        return agent.checks().stream()
                .map(check -> problem(check, work, end))
                .flatMap(Optional::stream)
                .findFirst()
                .map(problem -> "of task %s (%s@%s) the check %s"
                        .formatted(whose.task(), agent.name(), agent.version(), problem));
    }

    private Optional<String> problem(Check check, Work work, Duration end) {
        var left = end.minus(clock.awake());
        var result = check.check(work, contained, left.isNegative() ? Duration.ZERO : left);
        return result.passed() ? Optional.empty() : Optional.of("%s: %s".formatted(result.check(), result.message()));
    }
}
