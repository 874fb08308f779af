package pantheon.night;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import pantheon.night.local.Confinement;

/**
 * Runs some command lines that change nothing, so that the JVM can keep the classes that they need; started by
 * {@code pantheon-night-cache}.
 */
final class Rehearsal {
    private static final List<String> LINES =
            List.of("--help", "--version", "help model bench", "list --help", "no-such-command");

    private Rehearsal() {}

    /** Ends with the status of the first line; the others are of interest for what they load. */
    public static void main(String... arguments) {
        Locale.setDefault(Locale.ROOT);
        Confinement.confineThisRehearsal();
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        var statuses = LINES.stream().map(line -> Main.run(line.split(" ", -1))).toList();
        System.exit(statuses.getFirst());
    }
}
