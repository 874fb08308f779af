package pantheon.night.cli.morning;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.cli.morning.desk.Deciding;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.outcome.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides that the work of tasks may be merged. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Decides that the work of tasks may be merged; each must have a commit.",
            "The decision is written down, with who made it. Deciding again takes its place."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night accept docs-install", "  pantheon-night accept docs-install docs-faq --run 20261123"
        })
public final class AcceptCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "TASK", arity = "1..*", description = "A task's id, or the beginning of it.")
    private List<String> tasks = List.of();

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The night's id or the beginning of it; the last night that has the task without it.")
    private @Nullable String run;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for whoever reads it later.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        var desk = new Desk(config);
        new Deciding(desk).decide(desk.all(tasks, run), Verdict.ACCEPTED, reason);
        return ExitCode.OK.status();
    }
}
