package pantheon.night.report.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.KeptOrder;
import pantheon.night.outcome.NightOutcome;

/**
 * One night among others: what is compared from night to night.
 *
 * @param agents by agent@version
 * @param commits of the tasks that were accepted and changed something, by task
 */
public record NightTrend(
        String run,
        Instant begun,
        NightOutcome outcome,
        int carriedOver,
        Map<String, Wilson> agents,
        int turns,
        int rejected,
        Map<String, ToolUse> tools,
        long outputTokens,
        Duration elapsed,
        String baseCommit,
        Map<String, String> commits) {
    public NightTrend {
        commits = KeptOrder.map(commits);
    }

    public static NightTrend of(NightRecord night) {
        var ended = new TreeMap<String, int[]>();
        for (var task : night.ended()) {
            var count = ended.computeIfAbsent(task.agent(), agent -> new int[2]);
            count[0] += task.accepted() ? 1 : 0;
            count[1]++;
        }
        var agents = new TreeMap<String, Wilson>();
        ended.forEach((agent, count) -> agents.put(agent, Wilson.of(count[0], count[1])));
        return new NightTrend(
                night.run(),
                night.begun(),
                night.outcome(),
                night.carriedOver(),
                agents,
                night.turnCount(),
                night.rejected(),
                night.tools(),
                night.outputTokens(),
                night.elapsed(),
                night.baseCommit(),
                commits(night));
    }

    private static Map<String, String> commits(NightRecord night) {
        var commits = new TreeMap<String, String>();
        for (var task : night.accepted()) {
            var commit = task.commit();
            if (commit != null) {
                commits.put(task.id(), commit);
            }
        }
        return commits;
    }

    int accepted() {
        return agents.values().stream().mapToInt(Wilson::successes).sum();
    }

    public int ended() {
        return agents.values().stream().mapToInt(Wilson::trials).sum();
    }

    public int calls() {
        return tools.values().stream().mapToInt(ToolUse::calls).sum();
    }

    public int toolFailures() {
        return tools.values().stream().mapToInt(ToolUse::failures).sum();
    }
}
