package pantheon.night.cli.help;

import java.util.Objects;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what completes the program's command lines in a shell. */
@Command(
        name = CompletionCommand.NAME,
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Prints a script that completes commands and options in bash, zsh or fish.",
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night completion bash", "  pantheon-night completion fish"})
public final class CompletionCommand implements Callable<Integer> {
    static final String NAME = "completion";

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "One of bash, zsh and fish.")
    private String shell = "";

    @Override
    public Integer call() {
        var program = Objects.requireNonNull(command.commandLine().getParent());
        var out = command.commandLine().getOut();
        out.print(
                switch (shell) {
                    case "bash", "zsh" -> AutoComplete.bash(program.getCommandName(), program); // it knows both
                    case "fish" -> FishCompletion.of(program);
                    default ->
                        throw new ParameterException(
                                command.commandLine(),
                                "SHELL is \"%s\"; expected one of bash, zsh and fish.".formatted(shell));
                });
        out.flush();
        return ExitCode.OK.status();
    }
}
