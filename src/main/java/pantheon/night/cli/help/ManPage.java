package pantheon.night.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The manual page of a command, made from the command itself (man(7), man-pages(7)).
 *
 * @param name that of the page, without its section
 * @param text in the macros of {@code man}
 */
record ManPage(String name, String text) {
    /** The pages of a command and of all below it. */
    static List<ManPage> all(CommandLine program, String version) {
        var pages = new ArrayList<ManPage>();
        add(pages, program.getCommandName(), program, version);
        return pages;
    }

    private static void add(List<ManPage> pages, String name, CommandLine command, String version) {
        pages.add(new ManPage(name, new Writer().page(name, command, version)));
        Described.commands(command).forEach((word, below) -> add(pages, name + "-" + word, below, version));
    }

    /** Writes one page. */
    private static final class Writer {
        private final List<String> lines = new ArrayList<>();

        String page(String name, CommandLine command, String version) {
            lines.add(".TH %s 1 \"\" \"pantheon\\-night %s\" \"User Commands\""
                    .formatted(escaped(name.toUpperCase(Locale.ROOT)), escaped(version)));
            section("NAME", name + " - " + withoutDot(Described.firstSentence(command)));
            section("SYNOPSIS");
            asItIs(command.getHelp().synopsis(0));
            section("DESCRIPTION", Described.text(command));
            arguments(command);
            exits(command.getCommandSpec().usageMessage().exitCodeList());
            var examples = command.getCommandSpec().usageMessage().footer();
            if (examples.length > 0) {
                section("EXAMPLES");
                asItIs(String.join("\n", examples));
            }
            section("SEE ALSO", "The pages of the other commands; /usr/lib/pantheon-night/docs has the documentation.");
            return String.join("\n", lines) + "\n";
        }

        private void arguments(CommandLine command) {
            var options = Described.options(command);
            var positionals = command.getCommandSpec().positionalParameters();
            if (!options.isEmpty() || !positionals.isEmpty()) {
                section("OPTIONS");
            }
            positionals.forEach(
                    argument -> item("\\fI%s\\fR".formatted(escaped(argument.paramLabel())), Described.text(argument)));
            options.forEach(option -> item(names(option), Described.text(option)));
            if (!Described.commands(command).isEmpty()) {
                section("COMMANDS");
                Described.commands(command)
                        .forEach((word, below) ->
                                item("\\fB%s\\fR".formatted(escaped(word)), Described.firstSentence(below)));
            }
        }

        private static String names(OptionSpec option) {
            var names = List.of(option.names()).stream()
                    .map(name -> "\\fB%s\\fR".formatted(escaped(name)))
                    .toList();
            var value = option.arity().max() > 0 ? "=\\fI%s\\fR".formatted(escaped(option.paramLabel())) : "";
            return String.join(", ", names) + value;
        }

        private void exits(Map<String, String> codes) {
            if (!codes.isEmpty()) {
                section("EXIT STATUS");
                codes.forEach((code, words) -> item("\\fB%s\\fR".formatted(escaped(code)), words));
            }
        }

        private void section(String name, String... text) {
            lines.add(".SH " + name);
            for (var line : text) {
                lines.add(escaped(line));
            }
        }

        private void item(String term, String text) {
            lines.add(".TP");
            lines.add(term);
            lines.add(escaped(text));
        }

        private void asItIs(String text) {
            lines.add(".nf");
            text.lines().map(Writer::escaped).forEach(lines::add);
            lines.add(".fi");
        }

        private static String withoutDot(String sentence) {
            return sentence.substring(0, sentence.length() - 1);
        }

        /** As groff reads a text: a hyphen that can be copied, and no line that begins with a control character. */
        private static String escaped(String text) {
            var plain = Ansi.OFF.string(text).replace("\\", "\\e").replace("-", "\\-");
            return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
        }
    }
}
