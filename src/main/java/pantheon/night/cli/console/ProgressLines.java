package pantheon.night.cli.console;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import pantheon.night.Count;
import pantheon.night.NightClock;
import pantheon.night.agent.Ending;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.batch.direction.Direction;
import pantheon.night.outcome.FinishReason;
import pantheon.night.queue.Task;

/** A night's progress: one line a task, and on a terminal one below them that is written over. */
public final class ProgressLines implements NightListener {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    /** How long a task's line is at most, unless more is asked for: the journal has every message whole. */
    private static final int WIDTH = 120;

    /** How many files are named of those that no task sees. */
    private static final int NAMED_PATHS = 5;

    private final Output output;
    private final NightClock clock;
    private Pace pace;

    public ProgressLines(Output output, NightClock clock) {
        this.output = output;
        this.clock = clock;
        this.pace = Pace.atStart(0, clock.instant());
    }

    @Override
    public void nightStarted(String run, int count) {
        pace = Pace.atStart(count, clock.instant());
        output.say("night %s: %s".formatted(run, Count.of(count, "task")));
    }

    @Override
    public void nightResumed(String run, Map<FinishReason, Integer> finished, int left) {
        pace = Pace.atResumption(finished, left, clock.instant());
        output.say("goes on with night %s: %d of %s ended before"
                .formatted(run, pace.done(), Count.of(pace.tasks(), "task")));
    }

    @Override
    public void stopsEarly(String why) {
        output.warn(why);
    }

    @Override
    public void leftOut(List<String> paths) {
        output.warn(
                "no task sees %d of the workspace's files, which a checkout cannot hold exactly; commits leave them as they are: %s%s"
                        .formatted(
                                paths.size(),
                                String.join(", ", paths.subList(0, Math.min(paths.size(), NAMED_PATHS))),
                                paths.size() > NAMED_PATHS ? ", …" : ""));
    }

    @Override
    public void taskBegins(Task task, int slot) {
        var line = "begins:    %s, by %s in slot %d".formatted(task.id(), task.agent(), slot);
        if (pace.done() == pace.before()) {
            output.detail(line); // there is no line yet that is written over
        } else if (output.verbose()) {
            above(() -> output.detail(line));
        }
    }

    @Override
    public void taskFinished(Task task, Ending ending) {
        pace = pace.after(ending);
        var said = task(task, ending);
        above(() -> {
            if (ending.accepted()) {
                output.say(said);
            } else {
                output.note(said);
            }
        });
    }

    /** Has something said above the line that is written over. */
    private void above(Runnable said) {
        if (!output.isTerminal()) {
            said.run();
            return;
        }
        output.writeOver("");
        said.run();
        output.writeOver(line());
    }

    private String task(Task task, Ending ending) {
        var line = "%4d/%d  %-14s %6.2f s  %s%s"
                .formatted(
                        pace.done(),
                        pace.tasks(),
                        ending.reason().code(),
                        ending.elapsed().toMillis() / 1000.0,
                        task.id(),
                        ending.message().isEmpty() ? "" : "  (" + ending.message() + ")");
        boolean fits = output.verbose() || line.codePointCount(0, line.length()) <= WIDTH;
        return fits ? line : line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "…";
    }

    private String line() {
        var now = clock.instant();
        return "%d/%d tasks, %s, %.0f tokens/s, ends about %s"
                .formatted(
                        pace.done(),
                        pace.tasks(),
                        pace.accepted() + " accepted",
                        pace.tokensPerSecond(now),
                        TIME.format(pace.end(now).atZone(ZoneId.systemDefault())));
    }

    @Override
    public void directed(Direction direction) {
        above(() -> output.say("the night " + DirectionWords.of(direction)));
    }

    @Override
    public void nightFinished(NightResult result) {
        if (output.isTerminal()) {
            output.writeOver("");
        }
    }
}
