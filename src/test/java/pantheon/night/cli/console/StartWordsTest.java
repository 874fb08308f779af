package pantheon.night.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.batch.Past;
import pantheon.night.batch.StartPlan;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Evidence;
import pantheon.night.local.preflight.PreflightCheck;

/** What a start says, and to whom. */
final class StartWordsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private StartWords words(boolean verbose, boolean quiet) {
        return new StartWords(new Output(new PrintWriter(out), new PrintWriter(err), false, verbose, quiet));
    }

    private static void start(StartWords words, Path log) {
        var past = Past.read(log);
        words.queue(0, Path.of("queue"));
        words.proven(new EgressProof(List.of(new Evidence(PreflightCheck.SECCOMP, true, "as expected", true))));
        words.read(past.history().runs());
        words.planned(new StartPlan.Fresh("20261123-220000", "0a1b", List.of(), past, List.of(), Map.of(), null));
    }

    @Test
    void each_step_is_said_to_a_person_who_asked_for_more(@TempDir Path log) {
        start(words(true, false), log);
        assertEquals("""
                queue:     0 tasks in queue
                egress:    1 pieces of evidence, and nothing that is required is missing
                journals:  0 nights so far
                night:     20261123-220000, a new one, on commit 0a1b, with 0 tasks of the queue left
                """, out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void nobody_else_hears_of_them(@TempDir Path log) {
        start(words(false, false), log);
        start(words(true, true), log);
        assertEquals("", out.toString());
    }

    @Test
    void everybody_hears_that_a_night_was_left_and_what_was_cut_off() {
        words(false, false).abandoned("20261123-220000");
        words(false, true).cut("half a line was cut off");
        assertEquals("night 20261123-220000 was interrupted and ends where it is; a new one begins\n", out.toString());
        assertEquals("half a line was cut off\n", err.toString());
    }

    @Test
    void what_a_command_works_with_is_beside_its_result_also_as_json() {
        new Output(new PrintWriter(out), new PrintWriter(err), true, true, false).aside("config:    a.yaml");
        new Output(new PrintWriter(out), new PrintWriter(err), false, false, false).aside("config:    b.yaml");
        new Output(new PrintWriter(out), new PrintWriter(err), false, true, true).aside("config:    c.yaml");
        assertEquals("config:    a.yaml\n", err.toString());
        assertEquals("", out.toString());
    }
}
