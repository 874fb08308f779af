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

/** Decides that the work of tasks is not wanted. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Decides that the work of tasks is not wanted; it is neither merged nor learned from.",
            "The decision is written down, with who made it. Deciding again takes its place."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night reject docs-install --reason unclear",
            "  pantheon-night reject docs-install 'docs-faq' --reason 'wrong title'"
        })
public final class RejectCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "TASK", arity = "1..*", description = "A task's id, or the beginning of it.")
    private List<String> tasks = List.of();

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The night's id or the beginning of it; the last night that has the task without it.")
    private @Nullable String run;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why, for people and for the rows of what failed in training data.")
    private String reason = "";

    @Override
    public Integer call() {
        var desk = new Desk(config);
        new Deciding(desk).decide(desk.all(tasks, run), Verdict.REJECTED, reason);
        return ExitCode.OK.status();
    }
}
