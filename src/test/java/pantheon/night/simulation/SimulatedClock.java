package pantheon.night.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import pantheon.night.NightClock;

/** A clock that goes on with every look, and jumps: somebody sets it, or the machine sleeps. */
final class SimulatedClock implements NightClock {
    private static final int JUMP_MINUTES = 180;

    private final Chance chance;
    private final Faults faults;
    private Instant now = Instant.parse("2026-11-23T22:00:00Z");
    private Duration passed = Duration.ZERO;
    private Duration slept = Duration.ZERO;
    private int jumpsOneIn;
    private Consumer<Duration> time = this::passHere;

    SimulatedClock(Chance chance, Faults faults) {
        this.chance = chance;
        this.faults = faults;
    }

    /** @param oneIn how many looks there are to a jump, 0 for no jump at all */
    void jumps(int oneIn) {
        jumpsOneIn = oneIn;
    }

    @Override
    public Instant instant() {
        look();
        return now;
    }

    @Override
    public Duration passed() {
        look();
        return passed;
    }

    @Override
    public Duration awake() {
        look();
        return passed.minus(slept);
    }

    private void look() {
        faults.effect("a look at the clock");
        pass(Duration.ofMillis(chance.below(40)));
        if (jumpsOneIn > 0 && chance.oneIn(jumpsOneIn)) {
            jump(Duration.ofSeconds(chance.below(60 * JUMP_MINUTES)));
        }
    }

    private void jump(Duration by) {
        if (chance.oneIn(3)) {
            faults.note("the machine sleeps for " + by);
            pass(by);
            slept = slept.plus(by);
        } else {
            var to = chance.oneIn(2) ? now.plus(by) : now.minus(by);
            faults.note("the clock is set from %s to %s".formatted(now, to));
            now = to;
        }
    }

    /** Names who lets time pass where it passes on several machines. */
    void share(Consumer<Duration> world) {
        time = world;
    }

    /** Lets time pass. */
    void pass(Duration by) {
        time.accept(by);
    }

    /** Lets time pass on this machine alone. */
    void passHere(Duration by) {
        now = now.plus(by);
        passed = passed.plus(by);
    }

    /** The process was stopped for the last time that passed. */
    void wasStopped(Duration by) {
        slept = slept.plus(by);
    }

    /** Somebody sets the time of day. */
    void set(Duration by) {
        now = now.plus(by);
    }

    /** The time of day, for whoever is not part of the night. */
    Instant now() {
        return now;
    }
}
