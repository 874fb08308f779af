package pantheon.night.cli.help;

import java.util.List;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how a command is written. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Tells how a command is written, and what it does; of the program itself without one.")
public final class HelpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "A command, with the one below it: model bench.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
        var wanted = command.commandLine().getParent();
        for (var name : names) {
            wanted = below(wanted, name);
        }
        wanted.usage(command.commandLine().getOut());
        return ExitCode.OK.status();
    }

    private CommandLine below(CommandLine parent, String name) {
        var found = parent.getSubcommands().get(name);
        if (found == null) {
            throw new ParameterException(parent, WrongLine.unknown(parent, name));
        }
        return found;
    }
}
