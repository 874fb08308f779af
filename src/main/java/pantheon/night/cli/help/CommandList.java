package pantheon.night.cli.help;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/** The commands below a program as its help lists them, read from their classes alone. */
final class CommandList {
    private static final int INDENT = 2;

    private CommandList() {}

    /** Each name with the first sentence of what it does, in two columns. */
    static String of(Help help, List<Class<?>> commands) {
        var shown = commands.stream()
                .flatMap(type -> Stream.ofNullable(type.getAnnotation(Command.class)))
                .filter(command -> !command.hidden())
                .toList();
        int names = INDENT
                + shown.stream()
                        .mapToInt(command -> command.name().length())
                        .max()
                        .orElse(0);
        int width = help.commandSpec().usageMessage().width();
        var colours = help.colorScheme();
        var table = TextTable.forColumns(
                colours, new Column(names, INDENT, Overflow.SPAN), new Column(width - names, INDENT, Overflow.WRAP));
        for (var command : shown) {
            table.addRowValues(colours.commandText(command.name()), colours.text(command.description()[0]));
        }
        return table.toString();
    }
}
