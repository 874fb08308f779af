package pantheon.night.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.disk.Disk;
import pantheon.night.lease.Pace;

/**
 * How a process of a simulated machine goes on beside others: it yields, it is stopped and wakes up, and it renews its
 * lease when that is due, before or behind what else it does then.
 */
final class OwnerPace implements Pace {
    /** What a stop waits for: between a look and what follows it, the moments are few. */
    private static final List<String> AIMS = List.of(
            "",
            "",
            "LOOK",
            "CLAIM",
            "RENEW",
            "behind the look",
            "behind the look",
            "ADD_COMMIT",
            "CHECK_OUT",
            "journal");

    private static final int YIELDS_ONE_IN = 10;

    private final Chance chance;
    private final Faults faults;
    private final SimulatedClock clock;
    private final World world;
    private final OwnerDisk disk;
    private final Duration lease;
    private final List<Due> due = new ArrayList<>();
    private int effects;
    private int stops;
    private int at;
    private String aim;
    private boolean slow;
    private boolean busy;

    /** What is done again and again. */
    private static final class Due {
        private final Duration every;
        private final Runnable work;
        private Duration next;

        private Due(Duration every, Runnable work, Duration next) {
            this.every = every;
            this.work = work;
            this.next = next;
        }
    }

    /** @param calm whether nothing stops it */
    OwnerPace(Chance chance, Faults faults, SimulatedClock clock, World world, Duration lease, boolean calm) {
        this.chance = chance;
        this.faults = faults;
        this.clock = clock;
        this.world = world;
        this.lease = lease;
        this.disk = new OwnerDisk(faults);
        this.stops = calm ? 0 : chance.below(3);
        this.slow = !calm && chance.oneIn(4);
        this.at = chance.scaled(9);
        this.aim = chance.of(AIMS);
    }

    /** At every effect of the process. */
    void at(String what) {
        effects++;
        if (stops > 0 && effects >= at && what.contains(aim)) {
            stop(what);
        } else if (chance.oneIn(what.contains("ADD_COMMIT") ? 2 : YIELDS_ONE_IN)) {
            world.rest(Duration.ZERO);
        }
        boolean isOfALease = what.equals("LOOK") || what.equals("CLAIM") || what.equals("RENEW");
        if (slow && isOfALease && chance.oneIn(3)) {
            world.rest(lease.dividedBy(1 + chance.below(6)));
        }
        if (!isOfALease && chance.oneIn(2)) {
            renew();
        }
    }

    /** Stopped, as by SIGSTOP or a hung mount: time passes, and the process goes on where it was. */
    private void stop(String what) {
        stops--;
        at = effects + chance.scaled(7);
        aim = chance.of(AIMS);
        var time = chance.oneIn(4) ? lease.dividedBy(2) : lease.multipliedBy(1 + chance.below(6));
        faults.note("stopped for %s at %s".formatted(time, what));
        var before = world.now();
        world.rest(time);
        clock.wasStopped(world.now().minus(before));
        faults.note("goes on");
    }

    private void renew() {
        if (busy) {
            return;
        }
        busy = true;
        try {
            for (var each : List.copyOf(due)) {
                if (due.contains(each) && each.next.compareTo(world.now()) <= 0) {
                    each.next = world.now().plus(each.every);
                    each.work.run();
                }
            }
        } finally {
            busy = false;
        }
    }

    @Override
    public void before(Step step) {
        faults.effect(step.name());
    }

    @Override
    public void pause(Duration time) {
        world.rest(time);
        faults.effect("waiting");
    }

    @Override
    public Runnable every(Duration time, Runnable work) {
        var added = new Due(time, work, world.now().plus(time));
        due.add(added);
        return () -> due.remove(added);
    }

    @Override
    public Disk disk() {
        return disk;
    }

    OwnerDisk files() {
        return disk;
    }
}
