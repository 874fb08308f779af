package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.GoldenNights;
import pantheon.night.contract.Json;

/** The walk through what waits, by the installed program on a terminal and in a pipe. */
final class ReviewIT {
    private static final Map<String, String> TERMINAL = Map.of("TERM", "xterm-256color");

    /** What a terminal is told to have the walk's screen, and to have its own back. */
    private static final String TAKEN = "\u001b[?1049h";

    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

    private static final String GIVEN_BACK = "\u001b[?1049l";

    @TempDir
    private Path folder = Path.of("");

    private Path place = Path.of("");

    @BeforeEach
    void lay_the_nights_out() throws IOException {
        place = GoldenNights.layOut("nights", folder).place();
    }

    private String decision(String task) {
        var run = Program.run(place, "list", "--json");
        assertEquals(0, run.status(), run.err());
        return run.out()
                .lines()
                .map(Json::parse)
                .filter(json -> json.get("task").stringValue().equals(task))
                .map(json -> json.at("/decision/decision").asString("") + " "
                        + json.at("/decision/reason").asString(""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keys_decide_on_a_terminal_and_leaving_keeps_what_was_decided() throws IOException, InterruptedException {
        try (var terminal = PseudoTerminal.start(place, TERMINAL, "review")) {
            terminal.until("1 of 4").until("\u001b[1m").until("quit").type(" ");
            terminal.type("a")
                    .until("2 of 4")
                    .until("check mapped_status FAILED")
                    .until("migrating: accepted");
            terminal.until("quit").type("r").until("Why? ").type("It is wrng\u007f\u007f\u007f\"ong\"\r");
            terminal.until("3 of 4").until("windows: rejected").until("quit");
            terminal.resize(60, 120)
                    .until("monorepo")
                    .until("\u001b[32m")
                    .until("quit")
                    .type("b");
            terminal.until("2 of 4")
                    .until("decision")
                    .until("It is w\"ong\"")
                    .type("?")
                    .until("Ctrl-C")
                    .type("x");
            terminal.until("2 of 4").until("quit").type("\u0003");
            assertEquals(130, terminal.end(), terminal.said());
            var said = terminal.said();
            assertTrue(said.contains(TAKEN) && said.indexOf(GIVEN_BACK) > said.indexOf(TAKEN), said);
            var after = said.substring(said.indexOf(GIVEN_BACK));
            assertTrue(after.contains("migrating: accepted") && after.contains("windows: rejected"), after);
            assertTrue(after.contains("2 tasks to look at"), after);
        }
        assertEquals("accepted ", decision("migrating"));
        assertEquals("rejected It is w\"ong\"", decision("windows"));
        assertEquals(" ", decision("monorepo"));
    }

    @Test
    void a_reason_may_be_thought_better_of_and_a_terminal_without_colours_has_none()
            throws IOException, InterruptedException {
        try (var terminal = PseudoTerminal.start(place, Map.of("TERM", "tmux-256color", "NO_COLOR", "1"), "review")) {
            terminal.until("1 of 4").until("quit").type("r").until("Why? ").type("no\u0003");
            terminal.until("1 of 4")
                    .until("quit")
                    .type("\u001b[C")
                    .until("2 of 4")
                    .until("quit")
                    .type("l");
            terminal.until("3 of 4")
                    .until("left for later")
                    .until("quit")
                    .type("d")
                    .until("queued as monorepo-again-2");
            terminal.until("quit").type("q");
            assertEquals(0, terminal.end(), terminal.said());
            assertFalse(COLOUR.matcher(terminal.said()).find(), terminal.said());
        }
        assertEquals(" ", decision("migrating"));
        assertEquals("later ", decision("windows"));
    }

    @Test
    void lines_decide_where_there_are_no_keys() throws IOException, InterruptedException {
        try (var terminal = PseudoTerminal.start(place, Map.of("TERM", "dumb"), "review")) {
            terminal.until("1 of 4")
                    .until("q quit")
                    .type("a\n")
                    .until("migrating: accepted")
                    .until("2 of 4");
            terminal.until("q quit")
                    .type("b\n")
                    .until("1 of 4")
                    .until("decision   accepted by")
                    .until("q quit");
            terminal.type("q\n");
            assertEquals(0, terminal.end());
            assertFalse(terminal.said().contains("\u001b"), terminal.said());
        }
        var piped = Program.process(
                place,
                Map.of(),
                List.of(
                        "sh",
                        "-c",
                        "printf 'r The date.\\nq\\n' | '%s' review"
                                .formatted(Program.HOME.resolve("bin/pantheon-night"))));
        assertEquals(0, piped.status(), piped.err());
        assertTrue(piped.out().contains("windows: rejected"), piped.out());
        assertEquals("accepted ", decision("migrating"));
    }
}
