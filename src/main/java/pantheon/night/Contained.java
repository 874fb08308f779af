package pantheon.night;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Work on what strangers wrote, each piece on a thread of its own: its time is bounded, its stack is the same on every
 * machine, and whatever it throws is what that one piece came to.
 *
 * <p>A piece that is late is interrupted. No thread of a JVM can be ended against its will, so those that go on all the
 * same are counted, for somebody to stop before they are many.
 */
public final class Contained {
    private static final long STACK_BYTES = 4 << 20;

    private static final Duration SLICE = Duration.ofMillis(500);

    /** How long an interrupted piece may take to end. */
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(2);

    private final Set<Thread> left = ConcurrentHashMap.newKeySet();

    /** What a piece of work came to. */
    public sealed interface Outcome<T> {
        record Done<T>(T value) implements Outcome<T> {}

        /** It threw; {@code why} is one line for a person, the same each time the same happens. */
        record Broken<T>(String why) implements Outcome<T> {}

        /** It took too long; {@code ended} tells whether its thread did end when it was interrupted. */
        record Late<T>(boolean ended) implements Outcome<T> {}
    }

    /**
     * Does a piece of work.
     *
     * @param name of its thread
     * @param limit the longest that it may take
     * @throws NightException that the work throws, since that is no fault of what it works on
     */
    public <T> Outcome<T> run(String name, Duration limit, Supplier<T> work) {
        var task = new FutureTask<>(work::get);
        var thread =
                Thread.ofPlatform().daemon().name(name).stackSize(STACK_BYTES).start(task);
        try {
            return new Outcome.Done<>(within(limit, task));
        } catch (TimeoutException e) {
            thread.interrupt();
            return new Outcome.Late<>(ended(thread));
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            left.add(thread);
            return new Outcome.Late<>(false);
        } catch (ExecutionException e) {
            return new Outcome.Broken<>(broken(e));
        }
    }

    /** In slices, since the clock goes on while the process is stopped and nothing works. */
    private static <T> T within(Duration limit, FutureTask<T> task)
            throws TimeoutException, InterruptedException, ExecutionException {
        var left = limit;
        while (left.compareTo(SLICE) > 0 && !endsIn(SLICE, task)) {
            left = left.minus(SLICE);
        }
        return task.get(left.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static boolean endsIn(Duration time, FutureTask<?> task) throws InterruptedException, ExecutionException {
        try {
            task.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static String broken(ExecutionException e) {
        if (e.getCause() instanceof NightException failure) {
            throw new NightException(failure.exitCode(), failure.getMessage(), failure);
        }
        return why(e.getCause() == null ? e : e.getCause());
    }

    private boolean ended(Thread thread) {
        try {
            if (thread.join(INTERRUPT_GRACE)) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        left.add(thread);
        return false;
    }

    /** How many threads were interrupted and still run. */
    public int left() {
        left.removeIf(thread -> !thread.isAlive());
        return left.size();
    }

    /** Why something broke down on what it was given, in a line for a person. */
    public static String why(Throwable thrown) {
        return switch (thrown) {
            case StackOverflowError deep -> "what it was given is nested too deeply";
            case OutOfMemoryError large -> "what it was given takes more memory than there is";
            default ->
                "a bug of pantheon-night, please report it: %s at %s"
                        .formatted(String.valueOf(thrown).lines().findFirst().orElse(""), place(thrown));
        };
    }

    /** The first place of ours in a trace. */
    private static String place(Throwable thrown) {
        for (var frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith(Contained.class.getPackageName())) {
                return "%s:%d".formatted(frame.getFileName(), frame.getLineNumber());
            }
        }
        return "a place that is not known";
    }
}
