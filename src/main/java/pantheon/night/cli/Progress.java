package pantheon.night.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import pantheon.night.agent.Ending;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.Task;

/** A night's progress: one line that is written over on a terminal, else one line a task. */
final class Progress implements NightListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Output output;
    private final InstantSource clock;
    private Instant start;
    private int tasks;
    private int done;
    private int accepted;
    private long tokens;

    Progress(Output output, InstantSource clock) {
        this.output = output;
        this.clock = clock;
        this.start = clock.instant();
    }

    @Override
    public void nightStarted(String run, int count) {
        start = clock.instant();
        tasks = count;
        output.say("night %s: %d tasks".formatted(run, count));
    }

    @Override
    public void taskFinished(Task task, Ending ending) {
        done++;
        accepted += ending.accepted() ? 1 : 0;
        tokens += ending.progress().outputTokens();
        if (output.isTerminal()) {
            output.out().print("\r\u001b[K" + line());
            output.out().flush();
        } else {
            output.say("%4d/%d  %-14s %6.2f s  %s%s"
                    .formatted(
                            done,
                            tasks,
                            ending.reason().code(),
                            ending.elapsed().toMillis() / 1000.0,
                            task.id(),
                            ending.accepted() && ending.message().isEmpty() ? "" : "  (" + ending.message() + ")"));
        }
    }

    private String line() {
        var elapsed = Duration.between(start, clock.instant());
        var end = start.plus(elapsed.multipliedBy(tasks).dividedBy(Math.max(1, done)));
        return "%d/%d tasks, %s, %.0f tokens/s, ends about %s"
                .formatted(
                        done,
                        tasks,
                        output.coloured(32, accepted + " accepted"),
                        tokens * 1000.0 / Math.max(1, elapsed.toMillis()),
                        TIME.format(end.atZone(ZoneId.systemDefault())));
    }

    @Override
    public void nightFinished(NightResult result) {
        if (output.isTerminal()) {
            output.out().print("\r\u001b[K");
        }
    }
}
