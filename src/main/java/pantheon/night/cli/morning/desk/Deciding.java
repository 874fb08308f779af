package pantheon.night.cli.morning.desk;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.setup.DecisionKey;
import pantheon.night.contract.Json;
import pantheon.night.decision.DecisionLog;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.outcome.Verdict;
import pantheon.night.report.record.TaskRecord;

/** Writes down what a person decides of tasks: of all that are named, or of none. */
public final class Deciding {
    private static final int MOST_REASON = 2000;

    private final Desk desk;

    public Deciding(Desk desk) {
        this.desk = desk;
    }

    /**
     * Decides alike of some tasks.
     *
     * @throws NightException with exit code 64 where the reason is none, 65 where a task cannot be decided of so
     */
    public void decide(List<LookedAt> tasks, Verdict verdict, @Nullable String reason) {
        requireReason(reason);
        var wrong = new ArrayList<String>();
        tasks.forEach(task -> wrong.addAll(wrong(task.record(), verdict)));
        if (!wrong.isEmpty()) {
            throw new NightException(ExitCode.DATA, wrong);
        }
        write(tasks.stream().map(task -> made(task, verdict, reason, null)).toList());
        for (var task : tasks) {
            desk.output().resultLine(task.listed().json());
            desk.output().say("%s: %s".formatted(task.task(), verdict.words()));
        }
    }

    /** Writes down under which ids tasks were queued again. */
    public void redone(List<DecisionMade> made) {
        write(made);
    }

    private void write(List<DecisionMade> made) {
        var key = new DecisionKey(desk.setup()).find(desk.output()::warn).orElse(null);
        new DecisionLog(desk.setup().state(), key, Clock.systemUTC(), desk.output()::warn).add(made);
        desk.decided();
    }

    public static DecisionMade made(
            LookedAt task, Verdict verdict, @Nullable String reason, @Nullable String queuedAs) {
        return new DecisionMade(
                task.task(),
                task.run(),
                verdict,
                who(),
                task.record().commit(),
                task.record().diffDigest(),
                reason == null ? null : reason.strip(),
                queuedAs);
    }

    /** As the system calls its user. */
    private static String who() {
        var name = Objects.requireNonNullElse(System.getProperty("user.name"), "");
        return name.isBlank() ? "unknown" : name;
    }

    private static void requireReason(@Nullable String reason) {
        if (reason != null && (reason.isBlank() || reason.length() > MOST_REASON)) {
            throw new NightException(
                    ExitCode.USAGE,
                    "the reason %s has %d characters; expected 1 to %d that are not all blank. Nothing was decided."
                            .formatted(Json.quote(Words.shortened(reason, 40)), reason.length(), MOST_REASON));
        }
    }

    private static List<String> wrong(TaskRecord task, Verdict verdict) {
        if (task.carriesOver()) {
            return List.of("task %s has not ended (%s), so there is nothing to decide yet. Nothing was decided."
                    .formatted(task.id(), task.reason()));
        }
        if (verdict == Verdict.ACCEPTED && task.commit() == null) {
            return List.of(
                    "task %s has no commit (%s), so there is nothing to accept. Do it again with pantheon-night requeue, or take its diff.patch by hand. Nothing was decided."
                            .formatted(task.id(), task.accepted() ? "nothing had to change" : task.reason()));
        }
        return List.of();
    }
}
