package pantheon.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program answers to a command line that is wrong, or that asks how to write one. */
@Isolated("takes the standard streams")
final class CommandLineTest {
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @AfterEach
    void give_the_streams_back() {
        System.setOut(out);
        System.setErr(err);
    }

    private int run(OutputStream to, String... arguments) {
        System.setOut(new PrintStream(to, true, UTF_8));
        System.setErr(new PrintStream(told, true, UTF_8));
        return Main.run(arguments);
    }

    private int run(String line) {
        return run(said, line.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch --help, there is no command \"nosuch\" of pantheon-night.",
        "version, there is no command \"version\" of pantheon-night.",
        "statsu, Did you mean status",
        "help nosuch, there is no command \"nosuch\" of pantheon-night.",
        "help model nosuch, there is no command \"nosuch\" of pantheon-night model.",
        "model nosuch, there is no command \"nosuch\" of pantheon-night model.",
        "--shard=0/0 --config config/pantheon-night.yaml, --shard is \"0/0\"",
        "metric, Did you mean metrics?",
        "status --jsn, Did you mean --json?",
        "--dryrun, Did you mean --dry-run?",
        "--until 25:00 --config config/pantheon-night.yaml, --until is \"25:00\";",
        "--dry-run --seed x, is not a whole number.",
        "prune --size 0GB --config config/pantheon-night.yaml, expected a whole number from 1 on with its unit",
        "demo x --workspace y, so it takes no --workspace",
        "demo x --format qwen, no server is named.",
        "demo x --engine s.sock --format latin, expected one of [hermes"
    })
    void a_wrong_line_is_one_message_and_64(String line, String message) {
        assertEquals(64, run(line));
        var words = told.toString(UTF_8);
        assertTrue(words.contains(message), words);
        assertEquals(1, words.lines().count(), words);
        assertEquals("", said.toString(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "x", "model lst2x", "--gate", "status --q"})
    void a_name_that_is_like_no_other_is_told_without_a_guess(String line) {
        assertEquals(64, run(line));
        assertFalse(told.toString(UTF_8).contains("Did you mean"), told.toString(UTF_8));
        assertTrue(told.toString(UTF_8).contains(" --help."), told.toString(UTF_8));
    }

    @Test
    void an_empty_path_is_none() {
        for (var words : new String[][] {{"--config", "", "status"}, {"keygen", ""}, {"model", "manifest", ""}}) {
            told.reset();
            assertEquals(64, run(said, words));
            assertTrue(told.toString(UTF_8).contains("names no file and no folder"), told.toString(UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "help, Usage: pantheon-night [",
        "help status, Usage: pantheon-night status",
        "help model bench, Usage: pantheon-night model bench",
        "model bench --help, Usage: pantheon-night model bench"
    })
    void help_is_of_the_command_that_was_asked_for(String line, String usage) {
        assertEquals(0, run(line), told.toString(UTF_8));
        assertTrue(said.toString(UTF_8).startsWith(usage), said.toString(UTF_8));
    }

    @Test
    void what_can_be_said_is_one(@TempDir Path folder) throws IOException {
        var file = folder.resolve("out");
        try (var there = Files.newOutputStream(file)) {
            assertEquals(0, run(there, "--version"));
        }
        assertTrue(Files.readString(file).startsWith("pantheon-night "), Files.readString(file));
    }
}
