package pantheon.night.batch;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.NightClock;
import pantheon.night.agent.Agent;
import pantheon.night.past.AcceptedWork;
import pantheon.night.past.CommittedTask;
import pantheon.night.workspace.branch.MergeJudge;

/**
 * The tasks whose work is on the night's branch. Where a task's text is merged with theirs, what comes of it has to pass
 * the checks of them all.
 */
final class CommittedWork {
    private final Contained contained;
    private final NightClock clock;
    private final Map<String, AcceptedWork> byCommit = new HashMap<>();
    private @Nullable String last;

    /** @param contained where checks run */
    CommittedWork(Contained contained, NightClock clock) {
        this.contained = contained;
        this.clock = clock;
    }

    void add(String commit, AcceptedWork work) {
        byCommit.put(commit, work);
        last = commit;
    }

    /** The newest commit, empty where there is none. */
    Optional<String> last() {
        return Optional.ofNullable(last);
    }

    /** Takes over what an interrupted night had committed. */
    void addAll(List<CommittedTask> tasks, Map<String, Agent> agents) {
        tasks.forEach(task -> add(task.commit(), AcceptedWork.of(task, agents)));
    }

    /**
     * What judges a merge of one task's work with that on the branch.
     *
     * @param limit the longest that all the checks of it may take together
     */
    MergeJudge judge(AcceptedWork mine, Duration limit) {
        var end = clock.awake().plus(limit);
        return part -> {
            var whose = part.commit() == null ? mine : byCommit.get(part.commit());
            return whose == null
                    ? Optional.of("commit %s is of no task of this night".formatted(part.commit()))
                    : whose.problem(part.changes(), contained, () -> end.minus(clock.awake()));
        };
    }
}
