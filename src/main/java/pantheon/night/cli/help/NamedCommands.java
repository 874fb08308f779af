package pantheon.night.cli.help;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The commands below a program, as one line of words needs them: those that it names whole, and of the others the name
 * and what they do, which is all that help says of them. Reading the options of all takes most of the time of a short
 * command.
 */
public final class NamedCommands {
    /** Commands that tell of all others. */
    private static final Set<String> ABOUT_ALL = Set.of(CompletionCommand.NAME, ManPagesCommand.NAME);

    private final List<String> words;
    private final boolean needsAll;

    public NamedCommands(String... words) {
        this.words = List.of(words);
        this.needsAll = this.words.stream().anyMatch(word -> word.startsWith("@") || ABOUT_ALL.contains(word));
    }

    /** Puts commands below a program, in their order. */
    public void addTo(CommandLine program, List<Class<?>> commands) {
        if (!commands.isEmpty() && words.stream().allMatch(word -> word.startsWith("-"))) {
            addFirst(program, commands);
            return;
        }
        for (var type : commands) {
            var command = type.getAnnotation(Command.class);
            program.addSubcommand(command.name(), isNamed(command) ? new CommandLine(type) : nameOnly(command));
        }
    }

    /** A line of options names no command, so the first stands for all, and help lists them. */
    private static void addFirst(CommandLine program, List<Class<?>> commands) {
        var first = commands.getFirst().getAnnotation(Command.class);
        program.addSubcommand(first.name(), nameOnly(first));
        program.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> CommandList.of(help, commands));
    }

    private boolean isNamed(Command command) {
        return needsAll || words.contains(command.name());
    }

    private static CommandLine nameOnly(Command command) {
        var spec = CommandSpec.create().name(command.name());
        spec.usageMessage().description(command.description()).hidden(command.hidden());
        return new CommandLine(spec);
    }
}
