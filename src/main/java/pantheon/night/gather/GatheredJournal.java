package pantheon.night.gather;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.NightEvent.GatheredShard;
import pantheon.night.journal.NightEvent.Model;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightGathered;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.proof.Claims;
import pantheon.night.proof.Statements;
import pantheon.night.workspace.gather.GatherResult;
import pantheon.night.workspace.git.NightBranch;

/**
 * The journal of a gathered night: it names the heads of the shards' journals, and tells what became of those tasks whose
 * work could not be taken as it was.
 *
 * @param found what was gathered
 */
record GatheredJournal(GatherSite site, FoundShards found, GatheredId id) {
    String file() {
        return id.run() + Journal.SUFFIX;
    }

    /** What was gathered before, as its journal tells it. */
    static GatheredNight read(LogFolder log, @Nullable String run, FoundShards found) {
        return run == null ? GatheredNight.none(found) : new ToldBefore(run, found).read(log);
    }

    /** Writes it, to where it waits until it is whole. */
    GatheredNight write(String start, GatherResult merged, PastGatherings past, List<GatheredShard> shards) {
        var moved = new MovedTasks(site.log(), found, merged);
        var times = new Times(id.first(), id.last());
        try (var journal = Journal.create(site.disk(), site.log().incoming(), id.run(), times)) {
            var statements = new Statements(
                    new Claims(),
                    new Statements.Signing(site.key(), site.disk(), site.log().incoming()),
                    journal);
            journal.append(started(start, past, statements));
            times.toTheEnd();
            journal.append(new NightGathered(found.of(), shards, found.missing(), merged.end()));
            moved.carried().forEach(task -> journal.append(task.made(NightBranch.of(id.run()), start)));
            moved.leftOut().forEach(task -> journal.append(new TaskFinished(task.task(), task.ending())));
            journal.append(finished(moved, statements));
            statements.sign();
        }
        return new GatheredNight(
                id.run(),
                true,
                found,
                merged.end(),
                merged.merges(),
                moved.carried().stream().map(MovedTasks.Carried::told).toList(),
                moved.leftOut().stream().map(MovedTasks.LeftOut::told).toList(),
                carryOver(moved));
    }

    private NightStarted started(String start, PastGatherings past, Statements statements) {
        return new NightStarted(
                id.run(),
                site.program().version(),
                queueTasks(),
                start,
                site.workspace().firstCommit().orElse(null),
                NightBranch.of(id.run()).name(),
                site.program().configuration(),
                models(),
                null,
                statements.keyId().orElse(null),
                past.previous(),
                past.prunedHead(),
                null,
                null);
    }

    private int queueTasks() {
        return found.nights().mapToInt(ShardNight::endedTasks).sum()
                + carryOver().size();
    }

    private List<Model> models() {
        var models = new TreeMap<String, Model>();
        found.nights().forEach(night -> models.putAll(night.models()));
        return List.copyOf(models.values());
    }

    /** What the shards' last nights left. */
    private Set<String> carryOver() {
        var tasks = new LinkedHashSet<String>();
        lastNights().forEach(night -> tasks.addAll(night.finished().carryOver()));
        return tasks;
    }

    private List<String> carryOver(MovedTasks moved) {
        var tasks = carryOver();
        moved.leftOut().forEach(task -> tasks.add(task.task()));
        return List.copyOf(tasks);
    }

    private List<ShardNight> lastNights() {
        return found.shards().stream()
                .filter(shard -> !shard.nights().isEmpty())
                .map(shard -> shard.nights().getLast())
                .toList();
    }

    private NightFinished finished(MovedTasks moved, Statements statements) {
        var tasks = new EnumMap<FinishReason, Integer>(FinishReason.class);
        found.nights()
                .forEach(night -> night.ended().forEach((reason, count) -> tasks.merge(reason, count, Integer::sum)));
        int leftOut = moved.leftOut().size();
        if (leftOut > 0) {
            tasks.merge(FinishReason.ACCEPTED, -leftOut, Integer::sum);
            tasks.merge(FinishReason.CONFLICT, leftOut, Integer::sum);
        }
        tasks.values().removeIf(count -> count == 0);
        return new NightFinished(
                outcome(),
                tasks,
                Duration.between(id.first(), id.last()).toMillis(),
                message(),
                carryOver(moved),
                statements.areSigned(),
                lastNights().stream()
                        .flatMap(night -> night.finished().notExpectedToEnd().stream())
                        .toList());
    }

    /** That of the shards, and of several different ones the one that left most to do. */
    private NightOutcome outcome() {
        var worst = lastNights().stream()
                .map(night -> night.finished().outcome())
                .max(NightOutcome::compareTo)
                .orElse(NightOutcome.DONE);
        return found.missing().isEmpty() || worst != NightOutcome.DONE ? worst : NightOutcome.STOPPED;
    }

    private @Nullable String message() {
        return found.missing().isEmpty()
                ? null
                : "shards that are missing of %d: %s"
                        .formatted(
                                found.of(),
                                String.join(
                                        ", ",
                                        found.missing().stream()
                                                .map(String::valueOf)
                                                .toList()));
    }
}
