package pantheon.night.cli.help;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command says of itself and its options, in lines of any length. */
final class Described {
    private Described() {}

    /** Its options but for hidden ones, in the order of their names. */
    static List<OptionSpec> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
    }

    /** The commands below it by their names, but for hidden ones. */
    static Map<String, CommandLine> commands(CommandLine command) {
        var shown = new LinkedHashMap<>(command.getSubcommands());
        shown.values().removeIf(below -> below.getCommandSpec().usageMessage().hidden());
        return shown;
    }

    static String text(ArgSpec argument) {
        return String.join(" ", argument.description());
    }

    static String text(CommandLine command) {
        return String.join(" ", command.getCommandSpec().usageMessage().description());
    }

    /** What it does, in one sentence. */
    static String firstSentence(CommandLine command) {
        return command.getCommandSpec().usageMessage().description()[0];
    }
}
