package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the program's standard output leads, and what becomes of what cannot be written to it. */
final class OutputIT {
    @TempDir
    private Path folder = Path.of("");

    private Program.Run shell(String script) {
        var program = Program.HOME.resolve("bin/pantheon-night").toString();
        return Program.process(folder, Map.of(), List.of("bash", "-c", script, program));
    }

    @Test
    void what_a_full_disk_does_not_take_is_no_success() {
        var full = shell("\"$0\" --version >/dev/full");
        assertEquals(74, full.status(), full.err());
        assertTrue(full.err().startsWith("standard output cannot be written"), full.err());
        assertEquals(0, shell("\"$0\" --version >/dev/null").status());
    }

    @Test
    void a_reader_who_left_has_enough() {
        var left = shell("\"$0\" --version | true; exit ${PIPESTATUS[0]}");
        assertEquals(141, left.status(), left.err());
        assertEquals("", left.err());
        var all = shell("\"$0\" --version | cat; exit ${PIPESTATUS[0]}");
        assertEquals(0, all.status(), all.err());
        assertTrue(all.out().startsWith("pantheon-night "), all.out());
    }

    @Test
    void help_is_as_wide_as_the_terminal_that_shows_it() {
        var help = "\"$0\" --help";
        for (int columns : new int[] {60, 80, 120}) {
            var script = "script -qefc \"stty cols %d; $0 --help\" /dev/null".formatted(columns);
            int widest = widest(columns == 80 ? help : script); // as wide where there is no terminal
            assertTrue(widest <= columns && widest > columns - 10, columns + ": " + widest);
        }
    }

    @Test
    void help_has_colours_where_the_terminal_knows_some_and_its_reader_wants_some() {
        var script = "%s script -qefc \"$0 --help\" /dev/null";
        assertTrue(shell(script.formatted("TERM=xterm")).out().contains("\u001b["), "the control");
        for (var plain : List.of("TERM=dumb", "TERM=xterm NO_COLOR=1")) {
            var said = shell(script.formatted(plain));
            assertTrue(said.out().contains("Usage: ") && !said.out().contains("\u001b"), said.out());
        }
    }

    private int widest(String script) {
        var said = shell(script);
        assertEquals(0, said.status(), said.err());
        var plain = said.out().replaceAll("\u001b\\[[0-9;]*m", ""); // a terminal's has colours
        return plain.lines().mapToInt(String::length).max().orElse(0);
    }
}
