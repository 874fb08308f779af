package pantheon.night.simulation;

/** Thrown by every edge of a machine that is off, so that a night on it does nothing more. */
final class MachineOff extends Error {
    private static final long serialVersionUID = 1;

    MachineOff() {
        super("the machine is off", null, false, false);
    }
}
