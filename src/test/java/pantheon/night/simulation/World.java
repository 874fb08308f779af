package pantheon.night.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Processes on several machines, of which one goes on at a time, and the time that passes for all of them. Each has a
 * thread; a seed decides whose turn it is, so it always gives the same.
 */
final class World {
    private final Chance chance;
    private final List<SimulatedClock> clocks = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Semaphore stage = new Semaphore(0);
    private Duration now = Duration.ZERO;
    private @Nullable Turn current;
    private @Nullable Throwable failure;
    private boolean over;

    World(Chance chance) {
        this.chance = chance;
    }

    /** When a process goes on, and whether it has ended. */
    private static final class Turn {
        private final Semaphore come = new Semaphore(0);
        private Duration until;
        private boolean ended;

        private Turn(Duration until) {
            this.until = until;
        }
    }

    /** A machine's clock goes with the others. */
    void add(SimulatedClock clock) {
        clocks.add(clock);
        clock.share(this::pass);
    }

    void pass(Duration by) {
        now = now.plus(by);
        clocks.forEach(clock -> clock.passHere(by));
    }

    /** How long it is since the beginning. */
    Duration now() {
        return now;
    }

    /** A process starts, once it is its turn. */
    void begin(Runnable process) {
        var turn = new Turn(now);
        turns.add(turn);
        Thread.ofPlatform().daemon().start(() -> {
            turn.come.acquireUninterruptibly();
            try {
                requireGoesOn();
                process.run();
            } catch (MachineOff e) {
                // all is over
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                turn.ended = true;
                stage.release();
            }
        });
    }

    /** The process whose turn it is waits for some time, while others go on. */
    void rest(Duration time) {
        requireGoesOn();
        var turn = current();
        turn.until = now.plus(time);
        stage.release();
        turn.come.acquireUninterruptibly();
        requireGoesOn();
    }

    private Turn current() {
        if (current == null) {
            throw new IllegalStateException("nobody's turn");
        }
        return current;
    }

    private void requireGoesOn() {
        if (over) {
            throw new MachineOff();
        }
    }

    /** Lets a process go on until it rests or ends; false where there is none. */
    boolean goOn() {
        turns.removeIf(turn -> turn.ended);
        if (turns.isEmpty()) {
            return false;
        }
        var first =
                turns.stream().map(turn -> turn.until).min(Duration::compareTo).orElseThrow();
        if (first.compareTo(now) > 0) {
            pass(first.minus(now));
        }
        give(chance.of(
                turns.stream().filter(turn -> turn.until.compareTo(now) <= 0).toList()));
        if (failure != null) {
            throw new AssertionError(failure.toString(), failure);
        }
        return true;
    }

    private void give(Turn turn) {
        current = turn;
        turn.come.release();
        stage.acquireUninterruptibly();
    }

    /** Ends all that goes on. */
    void end() {
        over = true;
        turns.stream().filter(turn -> !turn.ended).forEach(this::give);
    }
}
