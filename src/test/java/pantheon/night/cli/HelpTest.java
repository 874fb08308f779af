package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program's help shows of each command. */
final class HelpTest {
    @Test
    void a_command_s_first_line_is_a_whole_sentence() {
        var commands = new ArrayList<>(List.of(PantheonNight.whole()));
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "enqueue", "doctor", "verify", "prune", "mine", "list", "show", "diff", "accept", "reject", "merge",
                "requeue", "review", "gather", "init", "setup", "try", "release"
            })
    void an_example_is_a_line_that_the_program_takes(String name) {
        var program = PantheonNight.whole();
        var command = name.isEmpty()
                ? program
                : Objects.requireNonNull(program.getSubcommands().get(name));
        var examples = command.getCommandSpec().usageMessage().footer();
        assertTrue(examples.length > 1, name);
        for (var example : examples) {
            assertTrue(example.length() <= 80 && example.startsWith("  pantheon-night " + name), example);
            var words = example.strip().replace("'", "").split(" ", -1);
            program.parseArgs(Arrays.copyOfRange(words, 1, words.length));
            assertTrue(command.getUsageMessage().contains(example), example);
        }
    }
}
