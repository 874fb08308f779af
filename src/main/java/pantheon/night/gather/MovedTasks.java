package pantheon.night.gather;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import pantheon.night.gather.GatheredNight.CarriedTask;
import pantheon.night.gather.GatheredNight.LeftOutTask;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.CommitMade;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.outcome.FinishReason;
import pantheon.night.workspace.gather.GatherResult;
import pantheon.night.workspace.git.NightBranch;

/** The tasks whose commits are not on the gathered branch as their shards made them. */
final class MovedTasks {
    private final Map<String, CommitMade> made = new HashMap<>();
    private final Map<String, TaskEnding> endings = new HashMap<>();
    private final GatherResult merged;

    MovedTasks(LogFolder log, FoundShards found, GatherResult merged) {
        this.merged = merged;
        var wanted = new HashSet<String>();
        merged.carried().forEach(one -> wanted.add(one.commit()));
        merged.leftOut().forEach(one -> wanted.add(one.commit()));
        found.nights()
                .filter(night -> night.commits().stream().anyMatch(wanted::contains))
                .forEach(night -> read(log, night, wanted));
    }

    private void read(LogFolder log, ShardNight night, Set<String> wanted) {
        var tasks = new HashSet<String>();
        JournalReader.read(log.shard(night.run()), entry -> {
            if (entry.event() instanceof CommitMade commit && wanted.contains(commit.commit())) {
                made.put(commit.commit(), commit);
                tasks.add(commit.task());
            } else if (entry.event() instanceof TaskFinished finished && tasks.contains(finished.task())) {
                endings.put(finished.task(), finished.ending());
            }
        });
    }

    /** A task whose commit was made again. */
    record Carried(CommitMade of, String as) {
        CommitMade made(NightBranch branch, String base) {
            return new CommitMade(of.task(), as, branch.name(), base, of.key(), true, null);
        }

        CarriedTask told() {
            return new CarriedTask(of.task(), of.commit(), as);
        }
    }

    List<Carried> carried() {
        return merged.carried().stream()
                .map(one -> new Carried(of(one.commit()), one.as()))
                .toList();
    }

    /** A task whose work was left out. */
    record LeftOut(CommitMade of, TaskEnding before, String why) {
        String task() {
            return of.task();
        }

        /** What its shard told, but that it is left to a later night. */
        TaskEnding ending() {
            return new TaskEnding(
                    FinishReason.CONFLICT,
                    why,
                    before.steps(),
                    before.failures(),
                    before.tokens(),
                    before.millis(),
                    before.diffDigest(),
                    before.output());
        }

        LeftOutTask told() {
            return new LeftOutTask(of.task(), of.commit(), why);
        }
    }

    List<LeftOut> leftOut() {
        var tasks = new ArrayList<LeftOut>();
        for (var one : merged.leftOut()) {
            var commit = of(one.commit());
            var before = Objects.requireNonNull(endings.get(commit.task()), "a commit is made before its task ends");
            tasks.add(new LeftOut(commit, before, why(one)));
        }
        return tasks;
    }

    private static String why(GatherResult.LeftOut one) {
        var paths = String.join(", ", one.paths());
        return one.problem() == null
                ? "another shard changed the same lines of %s".formatted(paths)
                : "%s, merged with what another shard did: %s".formatted(paths, one.problem());
    }

    private CommitMade of(String commit) {
        return Objects.requireNonNull(made.get(commit), "only commits that journals tell of are merged");
    }
}
