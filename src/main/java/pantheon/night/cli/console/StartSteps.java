package pantheon.night.cli.console;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.agent.Ending;
import pantheon.night.batch.NightListener;
import pantheon.night.batch.NightResult;
import pantheon.night.outcome.FinishReason;
import pantheon.night.queue.Task;
import pantheon.night.report.section.Amount;

/**
 * The steps of a night's start, until its first task has ended. Of one that takes longer than a moment it is said how long it
 * has gone on, and how long the rest takes if it takes as long as in the start before this one.
 */
public final class StartSteps implements NightListener, AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** After how long a step is told of; then after twice as long, and so on. */
    private static final Duration A_MOMENT = Duration.ofSeconds(10);

    private static final String FIRST_TASK = "checking out and doing the first task";

    private final Output output;
    private final Consumer<String> status;
    private final NightClock clock;
    private final Path file;
    private final Map<String, Duration> before;
    private final Map<String, Duration> took = new LinkedHashMap<>();
    private final Thread looking = Thread.ofPlatform().daemon().name("start").unstarted(this::keepLooking);
    private @Nullable String step;
    private Duration begun = Duration.ZERO;
    private Duration nextWord = A_MOMENT;

    /**
     * @param status is told the step that goes on
     * @param file has the times of the last start, and gets those of this one
     */
    public StartSteps(Output output, Consumer<String> status, NightClock clock, Path file) {
        this.output = output;
        this.status = status;
        this.clock = clock;
        this.file = file;
        this.before = StartTimes.read(file).steps();
    }

    /** The next step begins, and the one before it has ended. */
    public synchronized void begin(String next) {
        if (looking.getState() == Thread.State.NEW) {
            looking.start();
        }
        endStep();
        step = next;
        begun = clock.passed();
        nextWord = A_MOMENT;
        status.accept(next);
    }

    private void endStep() {
        if (step != null) {
            took.merge(step, passed(), Duration::plus);
        }
        step = null;
    }

    private Duration passed() {
        return clock.passed().minus(begun);
    }

    private void keepLooking() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the start is over
        }
    }

    /** Says how the step goes on that takes long. */
    synchronized void look() {
        if (step == null || passed().compareTo(LOOK) < 0) {
            return;
        }
        var words = "%s: %s so far%s".formatted(step, Amount.time(passed()), left(step));
        status.accept(words);
        if (passed().compareTo(nextWord) >= 0) {
            output.say(words);
            nextWord = passed().multipliedBy(2);
        }
    }

    /** What is left until the first task has ended; nothing where no start is known that had this step. */
    private String left(String now) {
        var all = before.get(now);
        if (all == null) {
            return "";
        }
        var left = before.entrySet().stream()
                .filter(other -> !other.getKey().equals(now) && !took.containsKey(other.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Duration.ZERO, Duration::plus);
        var here = all.minus(passed());
        return here.isNegative()
                ? ", longer than at the last start"
                : ", about %s left until the first task ends".formatted(Amount.time(left.plus(here)));
    }

    @Override
    public void nightStarted(String run, int tasks) {
        begin(FIRST_TASK);
    }

    @Override
    public void nightResumed(String run, Map<FinishReason, Integer> finished, int left) {
        begin(FIRST_TASK);
    }

    @Override
    public synchronized void taskFinished(Task task, Ending ending) {
        if (step != null) {
            endStep();
            output.detail("start:     "
                    + took.entrySet().stream()
                            .map(each -> each.getKey() + " " + Amount.time(each.getValue()))
                            .collect(Collectors.joining(", ")));
            new StartTimes(took).write(file);
            close();
        }
    }

    @Override
    public void nightFinished(NightResult result) {
        close();
    }

    /** Nothing more is said of it. */
    @Override
    public void close() {
        looking.interrupt();
    }
}
