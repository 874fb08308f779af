package pantheon.night.cli.unit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.batch.Egress;
import pantheon.night.cli.setup.ProgramHome;
import pantheon.night.local.Architecture;
import pantheon.night.local.Kernel;
import pantheon.night.local.SystemCall;
import pantheon.night.local.preflight.EgressProof;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option of commands that ask for what only the night's unit has: there they are run as it runs the night. */
public final class InUnit {
    static final String OPTION = "--in-unit";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = OPTION,
            description =
                    "Run as the installed unit runs the night: as its user and behind its walls. For root; systemd has to be there.")
    private boolean asked;

    public boolean isAsked() {
        return asked;
    }

    /**
     * Runs this command line once more, in the unit's place, and gives how it ended.
     *
     * @throws NightException with exit code 64 where that cannot be asked for here, 77 where the unit's walls do not stand
     */
    public int run() {
        var line = "pantheon-night " + String.join(" ", words());
        var unit = new UnitRun(
                required(NightUnit.isSystemdHere(), NightUnit.installed(), user(), line),
                NightUnit.COMMAND + ProcessHandle.current().pid());
        var folder = Path.of("").toAbsolutePath();
        var status = ended(unit.command(words(), System.getenv(), ProgramHome.folder(), folder), unit.name());
        if (Arrays.stream(ExitCode.values()).noneMatch(code -> code.status() == status)) {
            throw new NightException(
                    ExitCode.EGRESS,
                    "the command could not be run as %s runs the night: systemd-run ended with %d. See journalctl --unit=pantheon-night-gate --unit=%s"
                            .formatted(NightUnit.NAME, status, unit.name()));
        }
        return status;
    }

    private static long user() {
        return new Kernel(Architecture.current()).call(SystemCall.GETEUID).value();
    }

    /** The unit, where this user can have a command run in its place. */
    static UnitFile required(boolean isSystemdHere, Optional<UnitFile> installed, long user, String line) {
        if (!isSystemdHere) {
            throw usage("%s starts a unit, but systemd does not run this machine. Leave it out.".formatted(OPTION));
        }
        var unit = installed.orElseThrow(() -> usage(
                "%s runs a command as %s runs the night, but there is none on this machine. Install it, or leave %1$s out."
                        .formatted(OPTION, NightUnit.NAME)));
        if (user != 0) {
            throw usage("%s starts a unit, which root alone may. Say it as root: sudo %s".formatted(OPTION, line));
        }
        return unit;
    }

    private static NightException usage(String words) {
        return new NightException(ExitCode.USAGE, words);
    }

    /** Waits for a process whose streams are this one's. Who ends this process first ends the unit, too. */
    private static int ended(List<String> command, String unit) {
        var stop = new Thread(() -> start(List.of("systemctl", "stop", unit)));
        Runtime.getRuntime().addShutdownHook(stop);
        int status = start(command);
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException ending) {
            return status; // this process is being ended, and the unit by it
        }
        return status;
    }

    private static int start(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            var program = command.getFirst();
            throw usage("%s cannot be started: %s. Install systemd's own programs."
                    .formatted(program, IoReason.of(e, Path.of(program))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts the thread of a command", e);
        }
    }

    /** The words of the whole line, without the program's name. */
    private List<String> words() {
        var line = Objects.requireNonNull(spec).commandLine();
        while (line.getParent() != null) {
            line = line.getParent();
        }
        return line.getParseResult().expandedArgs();
    }

    /** Whether a configuration is that of the installed unit, which this process is not of. */
    public boolean isOutside(Path config) {
        return NightUnit.installed()
                .flatMap(UnitFile::config)
                .filter(file -> isSame(file, config))
                .filter(file -> !NightUnit.isAroundThisProcess())
                .isPresent();
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false; // one that is not there is no other's
        }
    }

    /** What to do for an answer to what is not asked here. */
    public String remedy() {
        return "sudo %s %s".formatted(Objects.requireNonNull(spec).qualifiedName(), OPTION);
    }

    /**
     * Has it proven that nothing can call out.
     *
     * @throws NightException with exit code 77 and all that is missing; outside of the unit with where it is to be asked
     */
    public EgressProof prove(Egress egress, Path config) {
        try {
            return egress.prove();
        } catch (NightException e) {
            throw isOutside(config) ? elsewhere(e) : e;
        }
    }

    private static NightException elsewhere(NightException e) {
        var lines = new ArrayList<>(e.lines());
        lines.add("that was asked outside of %s, which alone has all of it: as root, %s runs this command there"
                .formatted(NightUnit.NAME, OPTION));
        return new NightException(e.exitCode(), lines);
    }
}
