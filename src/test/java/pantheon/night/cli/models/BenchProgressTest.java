package pantheon.night.cli.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import pantheon.night.cli.console.Output;

final class BenchProgressTest {
    private static final Instant BEGIN = Instant.parse("2026-11-30T20:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private final StringWriter said = new StringWriter();

    private BenchProgress progress(int turns) {
        var out = new PrintWriter(said, true);
        return new BenchProgress(new Output(out, out, false, false, false), now::get, turns);
    }

    @Test
    void what_is_left_takes_as_long_as_what_was_done() {
        var progress = progress(9);
        assertEquals("measuring: 0 of 9 turns, about 0 ms left", progress.line());
        progress.ended();
        progress.ended();
        progress.ended();
        now.set(BEGIN.plusSeconds(60));
        assertEquals("measuring: 3 of 9 turns, about 2 min 00 s left", progress.line());
    }

    @Test
    void without_a_terminal_only_lines_are_said() {
        var progress = progress(2);
        progress.ended();
        progress.say("prefill: 5 tokens/s");
        assertEquals("prefill: 5 tokens/s" + System.lineSeparator(), said.toString());
    }
}
