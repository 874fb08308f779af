package pantheon.night.cli.setup;

import java.util.List;
import java.util.Optional;
import pantheon.night.decision.Decisions;
import pantheon.night.decision.Decisions.Decision;
import pantheon.night.outcome.Verdict;
import pantheon.night.report.record.NightTrend;
import pantheon.night.report.record.UnmergedNight;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.NightBranch;

/** Which nights have work that no branch of people has yet. A night whose branch was deleted is done with. */
final class Unmerged {
    private final Workspace workspace;
    private final Decisions decisions;

    Unmerged(Workspace workspace, Decisions decisions) {
        this.workspace = workspace;
        this.decisions = decisions;
    }

    /** A commit of a task, and what a person said of it. */
    private record Made(String commit, Optional<Verdict> verdict) {
        boolean isAccepted() {
            return verdict.filter(Verdict.ACCEPTED::equals).isPresent();
        }

        boolean isWanted() {
            return isAccepted() || verdict.filter(Verdict::isFinal).isEmpty();
        }
    }

    List<UnmergedNight> of(List<NightTrend> nights) {
        return nights.stream()
                .filter(night -> !night.commits().isEmpty() && workspace.has(NightBranch.of(night.run())))
                .flatMap(night -> of(night).stream())
                .toList();
    }

    private Optional<UnmergedNight> of(NightTrend night) {
        var wanted = night.commits().entrySet().stream()
                .map(task -> new Made(task.getValue(), verdict(night.run(), task.getKey(), task.getValue())))
                .filter(Made::isWanted)
                .toList();
        var left = workspace.unmerged(wanted.stream().map(Made::commit).toList(), night.baseCommit());
        int accepted = (int) wanted.stream()
                .filter(made -> made.isAccepted() && left.contains(made.commit()))
                .count();
        return left.isEmpty() ? Optional.empty() : Optional.of(new UnmergedNight(night.run(), left.size(), accepted));
    }

    /** A word on another commit than the task has is no word on this one. */
    private Optional<Verdict> verdict(String run, String task, String commit) {
        return decisions
                .last(run, task)
                .filter(said -> commit.equals(said.made().commit()))
                .map(Decision::verdict);
    }
}
