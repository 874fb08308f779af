package pantheon.night.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;

/** Whatever a line quotes, it stays one line, and commands no terminal. */
final class OutputTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Output output(boolean json) {
        return new Output(new PrintWriter(out), new PrintWriter(err), json, true, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred",
                "bell\u0007",
                "two\nlines",
                "over\rwritten",
                "\u009b31m",
                "\u202Eright to left",
                "\u2028",
                "\u0085",
                "\uD800half",
                "\u2066isolated",
                "\uFEFFmark"
            })
    void foreign_text_stays_one_line_without_commands(String foreign) {
        var output = output(false);
        output.say("said: " + foreign);
        output.detail("said: " + foreign);
        output.say(Mark.WARNING, "said: " + foreign);
        output.found(Mark.PROBLEM, "said: " + foreign);
        output.warn("said: " + foreign);
        output.error("said: " + foreign);
        var failed = new PrintWriter(err);
        Output.error(failed, new NightException(ExitCode.DATA, "said: " + foreign));
        failed.flush();
        assertHarmless(out.toString(), 4);
        assertHarmless(err.toString(), 3);
    }

    private static void assertHarmless(String said, int lines) {
        assertEquals(lines, said.lines().count(), said);
        assertTrue(
                said.codePoints()
                        .allMatch(c -> c == '\n'
                                || (!Character.isISOControl(c)
                                        && Character.getType(c) != Character.FORMAT
                                        && Character.getType(c) != Character.SURROGATE
                                        && Character.getType(c) != Character.LINE_SEPARATOR)),
                said);
    }

    @Test
    void letters_of_every_script_stay_as_they_are() {
        output(false).say("Straße, 東京, नमस्ते, می\u200Cخواهم");
        assertEquals("Straße, 東京, नमस्ते, می\u200Cخواهم\n", out.toString());
    }

    @Test
    void several_problems_are_several_lines_and_none_of_them_makes_another() {
        var writer = new PrintWriter(err);
        Output.error(writer, new NightException(ExitCode.CONFIG, List.of("a.yaml:1: x\nforged", "a.yaml:2: y")));
        writer.flush();
        assertEquals("a.yaml:1: x forged\na.yaml:2: y\n", err.toString());
    }

    @Test
    void a_result_in_json_says_the_same_and_hides_nothing() {
        var value = Json.object().put("message", "\u001b[31m \u009b \u202E \n 東");
        output(true).result(value);
        assertFalse(out.toString().contains("\u009b"), out.toString());
        assertFalse(out.toString().contains("\u202E"), out.toString());
        assertEquals(value, Json.parse(out.toString()));
        assertTrue(out.toString().contains("東"), out.toString());
    }

    @Test
    void only_the_stream_of_the_system_s_journal_gets_priorities(@TempDir Path folder) throws IOException {
        var stream = Files.createFile(folder.resolve("stream"));
        var other = Files.createFile(folder.resolve("other"));
        var named = "%s:%s".formatted(Files.getAttribute(stream, "unix:dev"), Files.getAttribute(stream, "unix:ino"));
        assertTrue(SystemJournal.isStream(named, stream));
        assertFalse(SystemJournal.isStream(named, other));
        assertFalse(SystemJournal.isStream(null, stream));
        assertFalse(SystemJournal.isStream(named, folder.resolve("none")));
    }
}
