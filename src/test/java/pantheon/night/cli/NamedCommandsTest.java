package pantheon.night.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class NamedCommandsTest {
    @Test
    void the_program_s_help_is_the_same_whichever_commands_are_named() {
        var whole = PantheonNight.whole().getUsageMessage();
        assertEquals(whole, PantheonNight.forWords().getUsageMessage());
        assertEquals(whole, PantheonNight.forWords("--help", "status").getUsageMessage());
    }

    @Test
    void a_command_that_is_named_is_whole() {
        var whole = PantheonNight.whole().getSubcommands();
        for (var name : whole.keySet()) {
            var named = PantheonNight.forWords("--config", "x", name);
            assertEquals(
                    Objects.requireNonNull(whole.get(name)).getUsageMessage(),
                    command(named, name).getUsageMessage());
        }
    }

    @Test
    void a_command_that_is_not_named_has_a_name_alone() {
        var status = command(PantheonNight.forWords("list"), "status");
        assertTrue(status.getCommandSpec().options().isEmpty());
        assertNotNull(status.getCommandSpec().usageMessage().description());
    }

    @Test
    void words_from_a_file_may_name_any_command() {
        assertFalse(command(PantheonNight.forWords("@words"), "status")
                .getCommandSpec()
                .options()
                .isEmpty());
    }

    private static CommandLine command(CommandLine program, String name) {
        return Objects.requireNonNull(program.getSubcommands().get(name));
    }
}
