package pantheon.night.cli.models;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import pantheon.night.cli.console.Output;
import pantheon.night.report.section.Amount;

/** How far a measurement is and what is left of it, on a line that is written over; for terminals alone. */
final class BenchProgress {
    private final Output output;
    private final InstantSource clock;
    private final int turns;
    private final Instant begun;
    private int done;

    /** @param turns how many it takes */
    BenchProgress(Output output, InstantSource clock, int turns) {
        this.output = output;
        this.clock = clock;
        this.turns = turns;
        this.begun = clock.instant();
    }

    /** A turn has ended, on any thread. */
    synchronized void ended() {
        done++;
        if (output.isTerminal()) {
            output.writeOver(line());
        }
    }

    /** If what is left goes on as what was done. */
    String line() {
        var left = Duration.between(begun, clock.instant())
                .multipliedBy(Math.max(0, turns - done))
                .dividedBy(Math.max(1, done));
        return "measuring: %d of %d turns, about %s left".formatted(done, turns, Amount.time(left));
    }

    /** A line above it. */
    synchronized void say(String line) {
        if (output.isTerminal()) {
            output.writeOver("");
        }
        output.say(line);
    }
}
