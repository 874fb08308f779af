package pantheon.night.engine.decode;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.EngineLost;

/**
 * Decodes for any number of conversations, each used by a thread of its own: the one thread that a {@link Runner} is used
 * by.
 *
 * <p>Turns join and leave at any step.
 */
public final class DecodeLoop implements AutoCloseable {
    private final Runner runner;
    private final NightClock clock;
    private final Decoding decoding;
    private final PrefixCache prefixes;
    private final Turns turns;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean closing;
    private volatile @Nullable Throwable end;

    /**
     * Starts the loop.
     *
     * @param name the model's, for the thread
     * @param runner closed with the loop
     * @param prefixBytes the most bytes of prefixes that are kept
     */
    public DecodeLoop(String name, Runner runner, long prefixBytes, NightClock clock, Decoding decoding) {
        this.runner = runner;
        this.clock = clock;
        this.decoding = decoding;
        prefixes = new PrefixCache(prefixBytes);
        turns = new Turns(runner, prefixes, this::now);
        thread = Thread.ofPlatform().daemon().name("decode " + name).start(this::work);
    }

    /** The time on the loop's clock, in nanoseconds; time in which the process is stopped is no part of it. */
    public long now() {
        return clock.awake().toNanos();
    }

    /** Opens a conversation's place, which is left again by {@link #leave}. */
    public Place open() {
        return new Place();
    }

    /**
     * Has a turn decoded, and waits for it. One turn of a place at a time.
     *
     * @throws EngineLost where the turn fails by itself, or the thread is interrupted: it stays so, and the turn is given
     *     up
     * @throws pantheon.night.NightException with exit code 69 where the runner fails for good
     */
    public Answer decode(Place place, Request request) {
        var turn = new Turn(place, request, decoding);
        tell(() -> turns.add(turn));
        failIfEnded(turn);
        try {
            return turn.answer().get();
        } catch (InterruptedException e) {
            tell(() -> turns.cancel(turn));
            Thread.currentThread().interrupt();
            throw new EngineLost("the model was not waited for: the wait was interrupted");
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
    }

    /** Behind this, the loop may have ended before it could see the turn. */
    private void failIfEnded(Turn turn) {
        var ended = end;
        if (ended != null) {
            turn.answer().completeExceptionally(ended);
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception
                ? exception
                : new IllegalStateException("a turn failed", cause);
    }

    /** Gives up a place of which no turn is under way. */
    public void leave(Place place) {
        tell(() -> turns.close(place));
    }

    private void tell(Runnable what) {
        inbox.add(what);
    }

    private void work() {
        Throwable why = new IllegalStateException("the decode loop is closed");
        try {
            while (!closing) {
                listen();
                turns.step();
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            why = e;
        } finally {
            end(why);
        }
    }

    /** Hears what it is told, and waits where it has nothing to do. */
    private void listen() throws InterruptedException {
        var told = turns.isIdle() ? inbox.take() : inbox.poll();
        while (told != null) {
            told.run();
            told = inbox.poll();
        }
    }

    private void end(Throwable why) {
        end = why;
        for (Runnable told; (told = inbox.poll()) != null; ) {
            told.run();
        }
        turns.fail(why);
        turns.close();
        prefixes.close();
        runner.close();
    }

    /** Ends the loop; turns that are under way fail. */
    @Override
    public void close() {
        tell(() -> closing = true);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
