package pantheon.night.cli.option;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Options that were given before a subcommand's name: {@code pantheon-night --config FILE status}. */
final class GivenAbove {
    private GivenAbove() {}

    /** An option's value as the nearest of the commands above was given it, empty where none was. */
    static <T> Optional<T> value(@Nullable CommandSpec command, String option) {
        var above = command == null ? null : command.commandLine().getParent();
        for (; above != null; above = above.getParent()) {
            var parsed = above.getParseResult();
            if (parsed != null && parsed.hasMatchedOption(option)) {
                return Optional.of(parsed.<T>matchedOptionValue(option, null));
            }
        }
        return Optional.empty();
    }
}
