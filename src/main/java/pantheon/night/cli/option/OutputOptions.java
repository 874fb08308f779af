package pantheon.night.cli.option;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pantheon.night.cli.console.Output;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of how much is said, and in which form. */
public final class OutputOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = {
                "Say more: which configuration is read, on standard",
                "error, each step of a night's start with its time,",
                "and each task as it begins."
            })
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    public Output output() {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        return new Output(
                commandLine.getOut(),
                commandLine.getErr(),
                json || isGivenAbove("--json"),
                verbose || isGivenAbove("--verbose"),
                quiet || isGivenAbove("--quiet"));
    }

    private boolean isGivenAbove(String option) {
        return GivenAbove.value(spec, option).isPresent();
    }
}
