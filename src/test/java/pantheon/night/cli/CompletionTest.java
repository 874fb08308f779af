package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the program completes in a shell, and its manual pages. */
final class CompletionTest {
    @TempDir
    private Path folder = Path.of("");

    private static String said(String... words) {
        var out = new StringWriter();
        assertEquals(
                0,
                PantheonNight.forWords(words)
                        .setCommandName("pantheon-night")
                        .setOut(new PrintWriter(out))
                        .execute(words));
        return out.toString();
    }

    /** All commands that help shows. */
    private static List<CommandLine> commands() {
        var commands = new ArrayList<>(List.of(PantheonNight.whole()));
        for (int i = 0; i < commands.size(); i++) {
            commands.get(i).getSubcommands().values().stream()
                    .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                    .forEach(commands::add);
        }
        return commands;
    }

    @ParameterizedTest
    @CsvSource({"gath, gather", "model ben, bench", "gather --par, --partial", "'', pause"})
    void bash_completes_commands_and_options(String typed, String completed) throws Exception {
        var script = Files.writeString(folder.resolve("completion"), said("completion", "bash"));
        var asked = """
                compopt() { :; }
                source "$0"
                read -ra words <<<"pantheon-night $1"
                [ "$1" ] || words+=("")
                COMP_WORDS=("${words[@]}") COMP_CWORD=$((${#words[@]} - 1))
                _complete_pantheon-night
                printf '%s\n' "${COMPREPLY[@]}"
                """;
        var bash = new ProcessBuilder("bash", "-c", asked, script.toString(), typed).start();
        var lines = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .toList();
        assertEquals(0, bash.waitFor());
        assertTrue(lines.contains(completed), typed + ": " + lines);
        assertFalse(lines.contains("man-pages"), "it is hidden");
    }

    @Test
    void fish_is_told_of_every_command_and_option() {
        var script = said("completion", "fish");
        for (var command : commands()) {
            var name = command.getCommandName();
            assertTrue(name.equals("pantheon-night") || script.contains(" -f -a " + name + " -d '"), name);
            command.getCommandSpec().optionsMap().keySet().stream()
                    .filter(option -> option.startsWith("--"))
                    .forEach(option -> assertTrue(script.contains(" -l " + option.substring(2) + " "), option));
        }
        assertFalse(script.contains("man-pages"), "it is hidden");
    }

    @Test
    void every_command_has_a_manual_page_with_all_its_options() throws IOException {
        said("man-pages", folder.toString());
        for (var command : commands()) {
            var names = new ArrayList<String>();
            for (var at = command; at != null; at = at.getParent()) {
                names.addFirst(at.getCommandName());
            }
            var page = Files.readString(folder.resolve(String.join("-", names) + ".1"));
            assertTrue(
                    page.startsWith(".TH "
                            + String.join("\\-", names)
                                    .toUpperCase(java.util.Locale.ROOT)
                                    .replace("PANTHEON-NIGHT", "PANTHEON\\-NIGHT")),
                    page);
            command.getCommandSpec()
                    .optionsMap()
                    .keySet()
                    .forEach(option -> assertTrue(
                            page.contains("\\fB" + option.replace("-", "\\-") + "\\fR"), names + " " + option));
        }
    }
}
