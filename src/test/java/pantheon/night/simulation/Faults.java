package pantheon.night.simulation;

import java.util.ArrayList;
import java.util.List;

/** What goes wrong on a machine, and when. Every effect of a night passes here first. */
final class Faults {
    private static final List<Fault> KINDS = List.of(
            Fault.NONE,
            Fault.KILLED,
            Fault.KILLED,
            Fault.POWER_LOST,
            Fault.POWER_LOST,
            Fault.POWER_LOST,
            Fault.STOPPED,
            Fault.BUG,
            Fault.ENGINE_LOST,
            Fault.WRITE_FAILED,
            Fault.SYNC_FAILED,
            Fault.SYNC_FAILED,
            Fault.DISK_FULL);

    /** A night of some tasks has several hundred effects; the first ones are the likeliest to go wrong. */
    private static final int SCALE = 10;

    private final Chance chance;
    private final List<String> schedule = new ArrayList<>();
    private int boots;
    private int effects;
    private Fault fault = Fault.NONE;
    private int at;
    private boolean off = true;
    private boolean happened;
    private Runnable stop = () -> {};

    Faults(Chance chance) {
        this.chance = chance;
    }

    /**
     * The machine starts.
     *
     * @param calm whether all goes well
     */
    void turnOn(boolean calm) {
        boots++;
        effects = 0;
        off = false;
        boolean inDoubt = had(Fault.SYNC_FAILED) && chance.oneIn(2); // what was not synced is still in the cache
        happened = false;
        fault = calm ? Fault.NONE : inDoubt ? Fault.POWER_LOST : chance.of(KINDS);
        at = chance.scaled(SCALE);
        stop = () -> {};
    }

    /** Names what stops the night that is running. */
    void onStop(Runnable stop) {
        this.stop = stop;
    }

    /** Something is about to be done. */
    void effect(String what) {
        if (off) {
            throw new MachineOff();
        }
        effects++;
        if (!happened && effects >= at) {
            switch (fault) {
                case KILLED, POWER_LOST -> {
                    happens(what);
                    off = true;
                    throw new MachineOff();
                }
                case STOPPED -> {
                    happens(what);
                    stop.run();
                }
                case NONE, BUG, ENGINE_LOST, WRITE_FAILED, SYNC_FAILED, DISK_FULL -> {}
            }
        }
    }

    /** Whether this is where a fault of some kind happens; a full disk stays full. */
    boolean strikes(Fault kind, String what) {
        if (fault != kind || effects < at) {
            return false;
        }
        if (happened) {
            return kind == Fault.DISK_FULL;
        }
        happens(what);
        return true;
    }

    private void happens(String what) {
        happened = true;
        schedule.add("start %d, effect %d: %s at %s".formatted(boots, effects, fault, what));
    }

    /** The process has ended or the machine is off; tells whether the power was lost. */
    boolean turnOff() {
        off = true;
        return happened && fault == Fault.POWER_LOST;
    }

    boolean isOff() {
        return off;
    }

    /** Whether the fault of this start has happened and is of a kind. */
    boolean had(Fault kind) {
        return happened && fault == kind;
    }

    /** Whether a fault of a kind has happened at any start. */
    boolean hadOnce(Fault kind) {
        return schedule.stream().anyMatch(line -> line.contains(": %s at ".formatted(kind)));
    }

    void note(String what) {
        schedule.add("start %d, effect %d: %s".formatted(boots, effects, what));
    }

    /** What went wrong up to now, a line each. */
    List<String> schedule() {
        return schedule;
    }
}
