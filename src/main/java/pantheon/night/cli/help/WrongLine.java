package pantheon.night.cli.help;

import org.jspecify.annotations.Nullable;
import pantheon.night.config.Slip;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command line that is wrong. */
public final class WrongLine {
    private WrongLine() {}

    /** What is wrong with a command line, with names that are alike where one is unknown, and where to read on. */
    public static String words(ParameterException wrong) {
        var message = new StringBuilder(problem(wrong));
        return message.append(" See ")
                .append(wrong.getCommandLine().getCommandSpec().qualifiedName())
                .append(" --help.")
                .toString();
    }

    private static String problem(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return sentence(wrong);
        }
        var line = wrong.getCommandLine();
        var name = unmatched.getUnmatched().getFirst();
        if (!name.startsWith("-") && !line.getSubcommands().isEmpty()) {
            return unknown(line, name);
        }
        var options = line.getCommandSpec().optionsMap().keySet().stream()
                .filter(option -> option.startsWith("--"))
                .toList();
        return sentence(wrong) + guess(name.startsWith("--") ? Slip.nearest(name.split("=", 2)[0], options) : null);
    }

    private static String sentence(ParameterException wrong) {
        return String.valueOf(wrong.getMessage())
                .replaceFirst("is not an? (int|long)$", "is not a whole number")
                .replaceFirst("is not a double$", "is not a number")
                .replaceFirst("\\.?$", ".");
    }

    /** Of a name that is no command, with the one that was most likely meant. */
    static String unknown(CommandLine parent, String name) {
        var meant = Slip.nearest(name, Described.commands(parent).keySet());
        return "there is no command \"%s\" of %s.%s"
                .formatted(name, parent.getCommandSpec().qualifiedName(), guess(meant));
    }

    private static String guess(@Nullable String meant) {
        return meant == null ? "" : " Did you mean %s?".formatted(meant);
    }
}
