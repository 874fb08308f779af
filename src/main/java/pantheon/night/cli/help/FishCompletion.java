package pantheon.night.cli.help;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What completes a program's command lines in fish (complete(1)). */
final class FishCompletion {
    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String of(CommandLine program) {
        var completion = new FishCompletion(program.getCommandName());
        completion.add("__fish_use_subcommand", program);
        Described.commands(program)
                .forEach((name, command) -> completion.addAll("__fish_seen_subcommand_from " + name, command));
        return String.join("\n", completion.lines) + "\n";
    }

    private void addAll(String when, CommandLine command) {
        add(when, command);
        Described.commands(command)
                .forEach((name, below) -> addAll(when + "; and __fish_seen_subcommand_from " + name, below));
    }

    /** @param when what holds of a line that the command's own words and options go on */
    private void add(String when, CommandLine command) {
        Described.commands(command)
                .forEach((name, below) -> lines.add("complete -c %s -n '%s' -f -a %s -d %s"
                        .formatted(program, when, name, quoted(Described.firstSentence(below)))));
        Described.options(command).forEach(option -> lines.add(line(when, option)));
    }

    private String line(String when, OptionSpec option) {
        var line = new StringBuilder("complete -c %s -n '%s'".formatted(program, when));
        for (var name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return line.append(option.arity().max() > 0 ? " -r -d " : " -f -d ")
                .append(quoted(Described.text(option)))
                .toString();
    }

    /** As fish reads a word in single quotes, where two characters are escaped. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
