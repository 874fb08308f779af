package pantheon.night;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import pantheon.night.cli.PantheonNight;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.help.WrongLine;
import pantheon.night.local.Confinement;
import pantheon.night.local.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.TypeConversionException;

/** The program's entry; the only place where an error becomes an exit code. */
public final class Main {
    /** Of a line of help, in columns; picocli takes no fewer than the first. */
    private static final int LEAST_WIDTH = 55;

    private static final int USUAL_WIDTH = 80;

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
        var line = commandLine(arguments);
        int status = execute(line, arguments);
        boolean wasSaid = !line.getOut().checkError() && !System.out.checkError();
        return wasSaid || status != ExitCode.OK.status()
                ? status
                : unsaid(line.getErr()).status();
    }

    /** A pipe fails in one way alone: nobody reads it any more. Who stopped reading has enough, and is told nothing. */
    private static ExitCode unsaid(PrintWriter err) {
        if (isPipe(Path.of("/proc/self/fd/1"))) {
            return ExitCode.READER_LEFT;
        }
        err.println("standard output cannot be written, so not all was said. Make room, or keep it open.");
        return ExitCode.IO;
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException e) {
            return false; // one that nobody can look at is told of as any other
        }
    }

    /** What nobody foresaw, an {@link Error} included, is one message and a code of the table. */
    static int execute(CommandLine line, String... arguments) {
        try {
            return line.execute(arguments);
        } catch (RuntimeException | Error e) {
            line.getErr().println(VisibleText.line(words(e)));
            return ExitCode.SOFTWARE.status();
        }
    }

    private static String words(Throwable e) {
        return e instanceof OutOfMemoryError
                ? "Java's memory is spent, %d MB here. Give it more, as with JDK_JAVA_OPTIONS=-Xmx4g; what was done is in the journal."
                        .formatted(Runtime.getRuntime().maxMemory() >> 20)
                : "This ended before its time: %s.".formatted(Contained.why(e));
    }

    /** As a trace is printed, but that no message in it turns a line or commands a terminal: it may quote foreign text. */
    private static String trace(Throwable error) {
        var lines = new StringBuilder(VisibleText.line(error.toString())).append('\n');
        for (var frame : error.getStackTrace()) {
            lines.append("\tat ").append(frame).append('\n');
        }
        var cause = error.getCause();
        return cause == null ? lines.toString() : lines + "Caused by: " + trace(cause);
    }

    /** An empty text would be the working folder, which nobody meant. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("an empty text names no file and no folder");
        }
        return Path.of(text);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("\"%s\" is no day; expected one such as 2026-12-24".formatted(text));
        }
    }

    private static CommandLine commandLine(String... arguments) {
        return PantheonNight.forWords(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(colours()))
                .setUsageHelpWidth(Math.max(LEAST_WIDTH, Terminal.columns().orElse(USUAL_WIDTH)))
                .registerConverter(Path.class, Main::path)
                .registerConverter(LocalDate.class, Main::day)
                .setExecutionStrategy(PantheonNight::runLast)
                .setParameterExceptionHandler((wrong, line) -> {
                    wrong.getCommandLine().getErr().println(VisibleText.line(WrongLine.words(wrong)));
                    return ExitCode.USAGE.status();
                })
                .setExecutionExceptionHandler((error, commandLine, parsed) -> failed(error, commandLine.getErr()));
    }

    /** None for a terminal that knows none; for others by {@code NO_COLOR}, and by whether there is a terminal at all. */
    private static Help.Ansi colours() {
        return "dumb".equals(System.getenv("TERM")) ? Help.Ansi.OFF : Help.Ansi.AUTO;
    }

    static int failed(Exception error, PrintWriter err) {
        if (error instanceof NightException mendable) {
            Output.error(err, mendable);
            return mendable.exitCode().status();
        }
        err.println("A bug of pantheon-night, please report it with this trace:");
        err.print(trace(error));
        err.flush();
        return ExitCode.SOFTWARE.status();
    }
}
