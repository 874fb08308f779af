package pantheon.night;

/** How the process ends, after sysexits(3); the one table that the help and docs/operations.md repeat. */
public enum ExitCode {
    OK(0, "done, also when some tasks were not accepted"),
    USAGE(64, "the command line is wrong"),
    DATA(
            65,
            "the queue, a journal or another input is wrong, commits are gone from the night's branch, verify found a change, or what was tried is not accepted"),
    UNAVAILABLE(69, "the model cannot be used"),
    SOFTWARE(70, "a bug of this program, or a task that hangs"),
    CANT_CREATE(73, "an output cannot be created, or another night is running"),
    IO(74, "reading or writing failed midway"),
    WORK_LEFT(
            75,
            "work is left over for the next night: the window closed, SIGTERM came, tasks were in conflict, or an agent's last tasks all failed alike"),
    EGRESS(77, "it is not proven that nothing can call out"),
    CONFIG(78, "the configuration is wrong"),
    INTERRUPTED(130, "ended by Ctrl-C"),
    READER_LEFT(141, "whoever read the output through a pipe has left, as head does"),
    STOPPED(143, "ended at once by a second SIGTERM");

    private final int status;
    private final String words;

    ExitCode(int status, String words) {
        this.status = status;
        this.words = words;
    }

    /** The process's exit status, 0 to 255. */
    public int status() {
        return status;
    }

    /** What it means, for people. */
    public String words() {
        return words;
    }
}
