package pantheon.night.cli.agents;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes care of agents' files. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Takes care of agents' files.",
        subcommands = {AgentNew.class, AgentCheck.class})
public final class AgentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(), "agent needs a subcommand: agent new NAME, or agent check [FILE]");
    }
}
