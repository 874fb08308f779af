package pantheon.night;

import java.util.Locale;
import pantheon.night.cli.PantheonNight;
import pantheon.night.cli.console.Output;
import pantheon.night.local.Confinement;
import picocli.CommandLine;

/** The program's entry; the only place where an error becomes an exit code. */
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        Locale.setDefault(Locale.ROOT); // figures and words are the same in every locale
        System.exit(confineAndRun(arguments));
    }

    private static int confineAndRun(String... arguments) {
        try {
            Confinement.confineThisProcess();
        } catch (NightException unconfined) {
            System.err.println(VisibleText.line(unconfined.getMessage()));
            return unconfined.exitCode().status();
        }
        return run(arguments);
    }

    /** Runs a command line and returns the process's exit status. */
    static int run(String... arguments) {
        return new CommandLine(new PantheonNight())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(PantheonNight::runLast)
                .setParameterExceptionHandler((wrong, line) -> {
                    wrong.getCommandLine().getErr().println(VisibleText.line(PantheonNight.howToWrite(wrong)));
                    return ExitCode.USAGE.status();
                })
                .setExecutionExceptionHandler((error, commandLine, parsed) -> {
                    if (error instanceof NightException mendable) {
                        Output.error(commandLine.getErr(), mendable);
                        return mendable.exitCode().status();
                    }
                    commandLine.getErr().println("A bug of pantheon-night, please report it with this trace:");
                    error.printStackTrace(commandLine.getErr());
                    return ExitCode.SOFTWARE.status();
                })
                .execute(arguments);
    }
}
