package pantheon.night.report.section;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.report.page.Block;
import pantheon.night.report.page.Block.Commands;
import pantheon.night.report.page.Block.Figure;
import pantheon.night.report.page.Block.Figures;
import pantheon.night.report.page.Section;
import pantheon.night.report.page.Tone;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.SetAside;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.report.record.UnmergedNight;
import pantheon.night.report.record.UsualTimes;
import pantheon.night.report.record.Wilson;

/** What a person wants to know first. */
public final class Glance {
    private final NightRecord night;
    private final Places places;
    private final List<UnmergedNight> unmerged;

    private Glance(ReportSource source) {
        this.night = source.night();
        this.places = source.places();
        this.unmerged = source.unmerged();
    }

    public static Section of(ReportSource source) {
        return new Glance(source).section();
    }

    private Section section() {
        var blocks = new ArrayList<Block>();
        if (!night.hasEnded()) {
            blocks.add(Block.note(
                    Tone.WARN,
                    "This night has no last line: it is still running, or it was interrupted and will go on."));
        }
        if (night.outcome() == NightOutcome.FAILED) {
            blocks.add(Block.note(Tone.BAD, "The night failed: " + night.message()));
        } else if (!night.message().isEmpty()) {
            blocks.add(Block.note(Tone.BAD, night.message()));
        }
        night.refused()
                .told(
                        "line of the queue is no task, and the night did without",
                        "lines of the queue are no tasks, and the night did without",
                        "pantheon-night validate tells all.")
                .ifPresent(text -> blocks.add(Block.note(Tone.BAD, text)));
        night.parked().parked().ifPresent(text -> blocks.add(Block.note(Tone.WARN, text)));
        slow().told(
                        "task took more than four times as long as its agent's median",
                        "tasks took more than four times as long as their agents' medians",
                        "and others.")
                .ifPresent(text -> blocks.add(Block.note(Tone.WARN, text)));
        for (var stop : night.stops().all()) {
            blocks.add(Block.note(Tone.WARN, "When this night ended, " + stop.words() + "."));
        }
        blocks.add(new Figures(List.of(accepted(), notAccepted(), carriedOver(), forecast(), egress(), signature())));
        blocks.addAll(look());
        blocks.addAll(unmerged());
        return new Section("glance", "At a glance", blocks);
    }

    private SetAside slow() {
        var usual = UsualTimes.of(night);
        var lines = new ArrayList<String>();
        for (var task : night.ended()) {
            var taken = UsualTimes.taken(task).orElse(Duration.ZERO);
            usual.exceeded(task, taken)
                    .map(median ->
                            "%s, %s in place of %s".formatted(task.id(), Amount.time(taken), Amount.time(median)))
                    .ifPresent(lines::add);
        }
        return new SetAside(lines, lines.size());
    }

    private Figure accepted() {
        int ended = night.ended().size();
        int accepted = night.accepted().size();
        var band = Wilson.of(accepted, ended);
        return new Figure(
                accepted > 0 ? Tone.GOOD : Tone.PLAIN,
                Amount.of(accepted),
                "accepted",
                ended == 0
                        ? "no task ended"
                        : "%s of %s ended; 95 %%: %s"
                                .formatted(Amount.share(band.share()), Amount.of(ended), Amount.band(band)));
    }

    private Figure notAccepted() {
        int count = night.notAccepted().size();
        return new Figure(
                Tone.PLAIN, Amount.of(count), "not accepted", count == 0 ? "" : "each with its reason, below");
    }

    private Figure carriedOver() {
        int count = night.carriedOver();
        return new Figure(
                count == 0 ? Tone.PLAIN : Tone.WARN,
                Amount.of(count),
                "carried over",
                switch (night.outcome()) {
                    case DONE -> count == 0 ? "the queue is done" : "to the next night";
                    case WINDOW_CLOSED -> "the window closed first";
                    case STOPPED -> "the night was stopped";
                    case FAILED, ABANDONED, UNFINISHED -> "not ended so far";
                });
    }

    private Figure forecast() {
        return ForecastSection.figure(night);
    }

    private Figure egress() {
        if (!night.isEgressDenied()) {
            return new Figure(
                    Tone.BAD,
                    "not proven",
                    "egress denied",
                    night.proofs().isEmpty() ? "the journal has no evidence" : "evidence does not hold");
        }
        int items = night.proofs().stream()
                .mapToInt(proof -> proof.evidence().size())
                .sum();
        return new Figure(
                Tone.GOOD,
                "proven",
                "egress denied",
                "%s, %s"
                        .formatted(
                                Amount.of(items, "check"),
                                Amount.of(night.proofs().size(), "time")));
    }

    private Figure signature() {
        long signed = night.ended().stream().filter(TaskRecord::isSigned).count();
        if (night.signers().isEmpty()) {
            return new Figure(Tone.WARN, "unsigned", "signature", "no statement in the journal");
        }
        return new Figure(
                night.isSigned() ? Tone.GOOD : Tone.WARN,
                night.isSigned() ? "signed" : "in part",
                "signature",
                "%s of %s, the night %s"
                        .formatted(
                                Amount.of(signed),
                                Amount.of(night.ended().size(), "task"),
                                night.isSigned() ? "too" : "not"));
    }

    private List<Block> unmerged() {
        if (unmerged.isEmpty()) {
            return List.of();
        }
        return List.of(
                Block.paragraph(
                        "When this was written, work of %s was on no branch of yours; oldest first, with what comes next:"
                                .formatted(Amount.of(unmerged.size(), "night"))),
                new Commands(unmerged.stream().map(Glance::next).toList()));
    }

    private static String next(UnmergedNight night) {
        var commits = Amount.of(night.commits(), "commit");
        return night.accepted() == 0
                ? "pantheon-night review %s # %s, none accepted by a person".formatted(night.run(), commits)
                : "pantheon-night merge %s --onto BRANCH # %s, %s accepted by a person"
                        .formatted(night.run(), commits, Amount.of(night.accepted()));
    }

    private List<Block> look() {
        if (night.tasks().stream().allMatch(task -> task.commit() == null)) {
            return List.of(Block.paragraph("Nothing was committed, so there is no branch to look at."));
        }
        var git = "git -C " + ShellWord.of(places.workspace().toString());
        var range = night.baseCommit().substring(0, 12) + ".." + night.branch();
        return List.of(
                Block.paragraph("The work is on the branch " + night.branch() + ", one commit a task. To look at it:"),
                new Commands(
                        List.of(git + " log --stat " + ShellWord.of(range), git + " diff " + ShellWord.of(range))));
    }
}
