package pantheon.night.cli.help;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands below a program, as one line of words needs them: those that it names whole, and of the others the name
 * and what they do, which is all that help says of them. Reading the options of all takes most of the time of a short
 * command.
 */
public final class NamedCommands {
    private final List<String> words;
    private final boolean wordsInFiles;

    public NamedCommands(String... words) {
        this.words = List.of(words);
        this.wordsInFiles = this.words.stream().anyMatch(word -> word.startsWith("@"));
    }

    /** Puts commands below a program, in their order. */
    public void addTo(CommandLine program, List<Class<?>> commands) {
        for (var type : commands) {
            var command = type.getAnnotation(Command.class);
            program.addSubcommand(command.name(), isNamed(command) ? new CommandLine(type) : nameOnly(command));
        }
    }

    private boolean isNamed(Command command) {
        return wordsInFiles || words.contains(command.name());
    }

    private static CommandLine nameOnly(Command command) {
        var spec = CommandSpec.create().name(command.name());
        spec.usageMessage().description(command.description());
        return new CommandLine(spec);
    }
}
