package pantheon.night.local.child;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;

/**
 * A command in its domain, from its start to the end of all that it started. Beside it, in the outer domain, a process
 * waits for the end of this program: should it be killed, the command and all that it started are killed as well.
 */
final class Launch implements AutoCloseable {
    private static final String BEGIN = "begin";
    private static final int NO_HANG = 1;
    private static final Path ROOT = Path.of("/");

    private final Kernel kernel;
    private final ChildCommand command;
    private final Pipe gate;
    private final Pipe lifeline;
    private final Domain domain;
    private int pid;
    private int watcher;

    /** Begins the domain, with nothing in it. */
    Launch(Kernel kernel, ChildCommand command) {
        this.kernel = kernel;
        this.command = command;
        this.gate = new Pipe(kernel);
        this.lifeline = new Pipe(kernel);
        try (var rules = ToolRules.of(command, kernel)) {
            this.domain = new Domain(kernel, rules);
        }
    }

    /**
     * Starts it; gives 0, or the errno with which its first process could not be.
     *
     * @throws NightException with exit code 77 where it cannot be confined; then it does not run
     */
    int start(Programs programs, int output, int error) {
        startWatcher(programs);
        var streams = new ChildStreams(gate.readEnd(), output, error);
        try (var confinement = new ThreadConfinement(kernel, command.metadata());
                var rules = ToolRules.of(command, kernel);
                var process = new PosixSpawn(programs.gated(command), List.of(), command.directory(), streams)) {
            var started = domain.startInside(process, rules, confinement);
            if (started.listener() != 0) {
                MetadataCalls.answer(kernel, started.listener(), command.writable());
            }
            pid = process.pid();
            begin();
            return started.errno();
        }
    }

    private void begin() {
        gate.closeReadEnd();
        gate.writeLine(BEGIN);
        gate.closeWriteEnd();
    }

    /** The id of its first process. */
    int pid() {
        return pid;
    }

    private void startWatcher(Programs programs) {
        var streams = new ChildStreams(lifeline.readEnd(), ChildStreams.NOTHING, ChildStreams.NOTHING);
        try (var process = new PosixSpawn(programs.watch(), List.of(), ROOT, streams)) {
            int errno = domain.start(process);
            if (errno != 0) {
                throw refused(programs.shell(), errno);
            }
            watcher = process.pid();
        }
        lifeline.closeReadEnd();
    }

    static NightException refused(Path program, int errno) {
        return new NightException(
                ExitCode.EGRESS,
                "%s cannot be started (errno %d). Check that this user may run it.".formatted(program, errno));
    }

    /** Whether the process that waits for the end of this program is there. */
    boolean isWatched() {
        return kernel.call(SystemCall.WAIT4, watcher, 0, NO_HANG, 0).value() == 0;
    }

    /** Those of all processes that the command started and that are not collected, itself included. */
    int[] members() {
        return IntStream.of(all()).filter(member -> member != watcher).toArray();
    }

    /** The same, with the process that waits for this program's end. */
    int[] all() {
        return domain.members(ProcessTable.pids());
    }

    /** Ends all of them; those that began to end are still there for a moment. */
    void kill() {
        domain.kill();
    }

    @Override
    public void close() {
        domain.close();
        gate.close();
        lifeline.close();
    }
}
