package pantheon.night.cli.setup;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.NightClock;
import pantheon.night.batch.work.Watchdog;
import pantheon.night.cli.console.Output;
import pantheon.night.local.ProcessEnd;

/**
 * What is done about work that hangs: it is told, with where its thread stands, and the process ends, for whatever the
 * thread does next is not waited for. A task's attempt is in the journal, and counts.
 */
public final class Hanging {
    /** How the names of the threads begin that models are run by. */
    private static final String DECODE = "decode ";

    private Hanging() {}

    /**
     * A watchdog that does so.
     *
     * @param grace how long work may go on after its limit
     */
    public static Watchdog watchdog(NightClock clock, Duration grace, Output output) {
        return new Watchdog(clock, grace, overdue -> end(overdue, grace, output));
    }

    private static void end(Watchdog.Overdue overdue, Duration grace, Output output) {
        output.error("%s has not ended %s after its own limits; this process ends, the next run goes on. It hangs in:"
                .formatted(overdue.work(), words(grace)));
        for (var frame : overdue.where()) {
            output.error("    at " + frame);
        }
        for (var thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith(DECODE)) {
                output.error("thread \"%s\" is at:".formatted(thread.getName()));
                Stream.of(thread.getStackTrace()).forEach(frame -> output.error("    at " + frame));
            }
        }
        ProcessEnd.now(ExitCode.SOFTWARE.status());
    }

    /** As the configuration has it: {@code 1m30s}. */
    public static String words(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
