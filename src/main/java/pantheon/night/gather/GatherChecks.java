package pantheon.night.gather;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.NightClock;
import pantheon.night.agent.Agent;
import pantheon.night.journal.LogFolder;
import pantheon.night.morning.MadeCommits;
import pantheon.night.past.AcceptedWork;
import pantheon.night.workspace.branch.MergeJudge;

/**
 * Judges texts that were merged out of the work of several shards, by the checks of all tasks whose work it is. What a
 * shard's tasks were is read only once it is asked for: most nights merge no text.
 */
final class GatherChecks implements MergeJudge {
    private final LogFolder log;
    private final Map<String, Agent> agents;
    private final NightClock clock;
    private final Runnable begin;
    private final List<ShardNight> unread;
    private final Map<String, AcceptedWork> byCommit = new HashMap<>();
    private final Contained contained = new Contained();
    private boolean begun;

    /**
     * @param log has the shards' journals
     * @param begin makes sure, before the first check, that checks may run
     */
    GatherChecks(LogFolder log, List<ShardNight> nights, Map<String, Agent> agents, NightClock clock, Runnable begin) {
        this.log = log;
        this.agents = agents;
        this.clock = clock;
        this.begin = begin;
        this.unread = new ArrayList<>(nights);
    }

    @Override
    public Optional<String> problem(Part part) {
        if (!begun) {
            begin.run();
            begun = true;
        }
        read(part.commit());
        var work = byCommit.get(part.commit());
        if (work == null) {
            return Optional.of("commit %s is of no task that is known".formatted(part.commit()));
        }
        var end = clock.awake().plus(work.limit());
        return work.problem(part.changes(), contained, () -> end.minus(clock.awake()));
    }

    private void read(@Nullable String commit) {
        for (var night : List.copyOf(unread)) {
            if (night.commits().contains(commit)) {
                MadeCommits.of(log.shard(night.run()))
                        .values()
                        .forEach(task -> byCommit.put(task.commit(), AcceptedWork.of(task, agents)));
                unread.remove(night);
            }
        }
    }
}
