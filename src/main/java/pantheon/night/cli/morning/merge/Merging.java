package pantheon.night.cli.morning.merge;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.morning.desk.LookedAt;
import pantheon.night.decision.Decisions.Decision;
import pantheon.night.outcome.Verdict;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.branch.MergeTarget;
import pantheon.night.workspace.branch.PickJudge;
import pantheon.night.workspace.git.NightBranch;

/** Merges what a person accepted of one night: in the order in which the night made it, whoever accepted first. */
final class Merging {
    private final Desk desk;
    private final NightRecord night;
    private final boolean undecidedToo;
    private final PickJudge judge;

    /** @param judge is asked wherever text is merged */
    Merging(Desk desk, NightRecord night, boolean undecidedToo, PickJudge judge) {
        this.judge = judge;
        this.desk = desk;
        this.night = night;
        this.undecidedToo = undecidedToo;
    }

    /** All tasks of the night that may be merged. */
    Merged whole(MergeTarget target) {
        var wanted = committed().filter(this::isWanted).toList();
        return merge(wanted, target);
    }

    /**
     * The tasks that were named.
     *
     * @throws NightException with exit code 65 where one of them may not be merged; then none is
     */
    Merged only(List<LookedAt> named, MergeTarget target) {
        var wrong = named.stream()
                .map(LookedAt::record)
                .filter(task -> !isWanted(task))
                .map(this::why)
                .toList();
        if (!wrong.isEmpty()) {
            throw new NightException(ExitCode.DATA, wrong);
        }
        return merge(named.stream().map(LookedAt::record).toList(), target);
    }

    private Stream<TaskRecord> committed() {
        return night.tasks().stream().filter(task -> task.commit() != null);
    }

    /** A word on another commit than the task has is no word on this one. */
    private Optional<Decision> judgement(TaskRecord task) {
        return desk.decisions()
                .last(night.run(), task.id())
                .filter(decision -> Objects.equals(decision.made().commit(), task.commit()));
    }

    private boolean isWanted(TaskRecord task) {
        var verdict = judgement(task).map(Decision::verdict);
        return task.commit() != null
                && verdict.map(said -> said == Verdict.ACCEPTED || (undecidedToo && !said.isFinal()))
                        .orElse(undecidedToo);
    }

    private String why(TaskRecord task) {
        var decision = judgement(task);
        if (task.commit() == null) {
            return "task %s has no commit (%s), so there is nothing to merge. Nothing was merged."
                    .formatted(task.id(), task.reason());
        }
        return decision.filter(said -> said.verdict().isFinal()).isPresent()
                ? "task %s was %s. Nothing was merged."
                        .formatted(task.id(), decision.get().words())
                : "task %s is not accepted by anybody yet. Accept it first, or add --all. Nothing was merged."
                        .formatted(task.id());
    }

    private Merged merge(List<TaskRecord> wanted, MergeTarget target) {
        var tasks = new TreeMap<String, String>();
        wanted.forEach(task -> tasks.put(Objects.requireNonNull(task.commit()), task.id()));
        try (var workspace = Workspace.open(desk.setup().config().workspace())) {
            var picked = workspace.pick(
                    target,
                    inOrder(tasks, workspace),
                    night.baseCommit(),
                    Clock.systemUTC().instant(),
                    judge);
            return new Merged(night.run(), target.name(), picked, tasks, left(wanted));
        }
    }

    private List<String> inOrder(Map<String, String> tasks, Workspace workspace) {
        var there = workspace
                .commits(NightBranch.of(night.run()), night.baseCommit())
                .all()
                .reversed();
        var commits = new ArrayList<String>();
        there.forEach(commit -> {
            if (tasks.containsKey(commit.id())) {
                commits.add(commit.id());
            }
        });
        var gone = tasks.keySet().stream()
                .filter(commit -> !commits.contains(commit))
                .map(commit ->
                        "commit %s of task %s is on no branch any more; pantheon-night diff shows it where its diff.patch is there. Nothing was merged."
                                .formatted(commit, tasks.get(commit)))
                .toList();
        if (!gone.isEmpty()) {
            throw new NightException(ExitCode.DATA, gone);
        }
        return commits;
    }

    /** How many of the night's commits were not wanted, in the words of why. */
    private Merged.Left left(List<TaskRecord> wanted) {
        var ids = wanted.stream().map(TaskRecord::id).collect(Collectors.toSet());
        int rejected = 0;
        int undecided = 0;
        for (var task : committed().filter(one -> !ids.contains(one.id())).toList()) {
            var verdict = judgement(task).map(Decision::verdict);
            rejected += verdict.filter(Verdict::isFinal)
                            .filter(said -> said != Verdict.ACCEPTED)
                            .isPresent()
                    ? 1
                    : 0;
            undecided += verdict.filter(Verdict::isFinal).isEmpty() ? 1 : 0;
        }
        return new Merged.Left(undecided, rejected);
    }
}
