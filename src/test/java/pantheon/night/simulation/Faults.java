package pantheon.night.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pantheon.night.workspace.git.WriteSteps.Step;

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
            Fault.STOPPED_TWICE,
            Fault.HUNG,
            Fault.BUG,
            Fault.ENGINE_LOST,
            Fault.WRITE_FAILED,
            Fault.SYNC_FAILED,
            Fault.SYNC_FAILED,
            Fault.DISK_FULL);

    /** A night of some tasks has several hundred effects; the first ones are the likeliest to go wrong. */
    private static final int SCALE = 10;

    /** What a fault waits for now and then: a commit's steps and a journal's syncs are few among all the effects. */
    private static final List<String> AIMS = List.of(
            Step.ADD_OBJECTS.name(), Step.ADD_COMMIT.name(), Step.MOVE_BRANCH.name(), Step.SYNC_BRANCH.name(), "2026");

    private final Chance chance;
    private final List<Fault> kinds;
    private final List<String> schedule = new ArrayList<>();
    private int boots;
    private int effects;
    private Fault fault = Fault.NONE;
    private int at;
    private String aim = "";
    private boolean off = true;
    private boolean happened;
    private Runnable stop = () -> {};
    private int secondStop;

    private Consumer<String> moment = what -> {};

    Faults(Chance chance) {
        this(chance, KINDS);
    }

    /** @param kinds of which one happens at a start, each as likely as the others */
    Faults(Chance chance, List<Fault> kinds) {
        this.chance = chance;
        this.kinds = kinds;
    }

    /** Names what else happens at every effect, before it. */
    void onEffect(Consumer<String> other) {
        moment = other;
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
        fault = calm ? Fault.NONE : inDoubt ? Fault.POWER_LOST : chance.of(kinds);
        at = chance.scaled(SCALE);
        aim = chance.oneIn(3) ? chance.of(AIMS) : "";
        stop = () -> {};
        secondStop = Integer.MAX_VALUE;
    }

    /** Names what stops the night that is running. */
    void onStop(Runnable stop) {
        this.stop = stop;
    }

    /** Something is about to be done. */
    void effect(String what) {
        requireOn();
        moment.accept(what);
        requireOn();
        effects++;
        if (effects >= secondStop) {
            end("the second SIGTERM, exit 143");
        }
        if (!happened && isDue(what)) {
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
                case STOPPED_TWICE -> {
                    happens(what);
                    stop.run();
                    secondStop = effects + chance.scaled(5);
                }
                case NONE, HUNG, BUG, ENGINE_LOST, WRITE_FAILED, SYNC_FAILED, DISK_FULL -> {}
            }
        }
    }

    private void requireOn() {
        if (off) {
            throw new MachineOff();
        }
    }

    /** The process ends at once, and what it wrote stays. */
    void end(String why) {
        note(why);
        off = true;
        throw new MachineOff();
    }

    /** Whether this is where a fault of some kind happens; a full disk stays full. */
    boolean strikes(Fault kind, String what) {
        if (fault != kind) {
            return false;
        }
        if (happened) {
            return kind == Fault.DISK_FULL;
        }
        if (isDue(what)) {
            happens(what);
        }
        return happened;
    }

    private boolean isDue(String what) {
        return effects >= at && what.contains(aim);
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
