package pantheon.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

final class MainTest {
    @Command(name = "scripted")
    private static final class Scripted implements Callable<Integer> {
        private final Error error;

        Scripted(Error error) {
            this.error = error;
        }

        @Override
        public Integer call() {
            throw error;
        }
    }

    private static String told(Error error) {
        var err = new StringWriter();
        int status = Main.execute(new CommandLine(new Scripted(error)).setErr(new PrintWriter(err, true)));
        assertEquals(ExitCode.SOFTWARE.status(), status);
        return err.toString();
    }

    @Test
    void an_error_that_nobody_foresaw_is_one_line_and_a_code_of_the_table() {
        var overflown = told(new StackOverflowError());
        assertEquals("This ended before its time: what it was given is nested too deeply.\n", overflown);
        assertTrue(told(new OutOfMemoryError("heap")).startsWith("Java's memory is spent, "));
        var bug = told(new NoClassDefFoundError("a/b"));
        assertTrue(bug.startsWith("This ended before its time: a bug of pantheon-night, please report it: "), bug);
        assertEquals(1, bug.lines().count(), bug);
    }

    @Test
    void a_bug_is_told_with_its_trace_and_no_text_in_it_makes_a_line_or_commands_a_terminal() {
        var err = new StringWriter();
        var bug = new IllegalStateException("a\nforged \u001b[31m", new IllegalArgumentException("b\rforged \u009b"));
        assertEquals(ExitCode.SOFTWARE.status(), Main.failed(bug, new PrintWriter(err)));
        var lines = err.toString().lines().toList();
        assertEquals("java.lang.IllegalStateException: a forged ␛[31m", lines.get(1));
        assertTrue(lines.get(2).startsWith("\tat pantheon.night.MainTest."), lines.get(2));
        assertTrue(lines.contains("Caused by: java.lang.IllegalArgumentException: b␍forged ⟨U+009B⟩"), err.toString());
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("forged")), err.toString());
    }
}
