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

/** Leaves tasks for later. */
@Command(
        name = "later",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Leaves tasks for later: they were looked at, and still wait for a person.",
            "It takes back an earlier decision."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night later docs-install"})
public final class LaterCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "TASK", arity = "1..*", description = "A task's id, or the beginning of it.")
    private List<String> tasks = List.of();

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The night's id or the beginning of it; the last night that has the task without it.")
    private @Nullable String run;

    @Option(names = "--reason", paramLabel = "TEXT", description = "What is to be looked at.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        var desk = new Desk(config);
        new Deciding(desk).decide(desk.all(tasks, run), Verdict.LATER, reason);
        return ExitCode.OK.status();
    }
}
