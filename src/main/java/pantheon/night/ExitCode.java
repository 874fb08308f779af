package pantheon.night;

/** How the process ends, after sysexits(3); the one table that docs/operations.md repeats. */
public enum ExitCode {
    /** Done, also when some tasks were not accepted. */
    OK(0),
    /** The command line is wrong. */
    USAGE(64),
    /** A queue line or another input is wrong. */
    DATA(65),
    /** The model or its engine cannot be used. */
    UNAVAILABLE(69),
    /** A bug of ours, or a task that hangs. */
    SOFTWARE(70),
    /** An output cannot be created. */
    CANT_CREATE(73),
    /** Reading or writing failed midway. */
    IO(74),
    /** Work is left over, whether the window closed, the night was stopped, or tasks were in conflict. */
    WORK_LEFT(75),
    /** Egress is not provably denied. */
    EGRESS(77),
    /** The configuration is wrong. */
    CONFIG(78),
    /** Ended at once by a second SIGTERM. */
    STOPPED(143);

    private final int status;

    ExitCode(int status) {
        this.status = status;
    }

    /** The process's exit status, 0 to 255. */
    public int status() {
        return status;
    }
}
