package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the program's help shows of each command. */
final class HelpTest {
    @Test
    void a_command_s_first_line_is_a_whole_sentence() {
        var commands = new ArrayList<>(List.of(new CommandLine(new PantheonNight())));
        for (int i = 0; i < commands.size(); i++) {
            var command = commands.get(i);
            commands.addAll(command.getSubcommands().values());
            var description = command.getCommandSpec().usageMessage().description();
            assertTrue(
                    description.length > 0 && description[0].endsWith("."),
                    command.getCommandName() + " is described as " + List.of(description));
        }
        assertTrue(commands.size() > 14, commands.toString());
    }
}
