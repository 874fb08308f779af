package pantheon.night.cli.morning;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.morning.desk.Redoing;
import pantheon.night.cli.option.ConfigOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queues tasks again that have ended. */
@Command(
        name = "requeue",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Queues tasks again that have ended, each under a new id, with the input that they had.",
            "Name them, or choose them by how they ended, by what has changed since, or by their agent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night requeue docs-install",
            "  pantheon-night requeue --not-accepted",
            "  pantheon-night requeue --changed",
            "  pantheon-night requeue --agent docops.front-matter --run 20261123"
        })
public final class RequeueCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "TASK", arity = "0..*", description = "A task's id, or the beginning of it.")
    private List<String> tasks = List.of();

    @Option(
            names = "--not-accepted",
            description = "Those of a night that ended without being accepted, or that a person rejected.")
    private boolean notAccepted;

    @Option(
            names = "--changed",
            description = {
                "Those whose document has changed since their last",
                "attempt, or whose agent has another version now; of",
                "all nights without --run."
            })
    private boolean changed;

    @Option(names = "--agent", paramLabel = "AGENT", description = "Those of a night of this agent.")
    private @Nullable String agent;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The night's id or the beginning of it; the last night without it.")
    private @Nullable String run;

    @Option(names = "--priority", paramLabel = "N", defaultValue = "0", description = "-100 to 100, higher first.")
    private int priority;

    @Option(names = "--to", paramLabel = "FILE", description = "The queue file; AGENT.jsonl in the queue without it.")
    private @Nullable Path to;

    @Override
    public Integer call() {
        boolean isChosen = notAccepted || changed || agent != null;
        if (isChosen != tasks.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "requeue takes tasks, or --not-accepted, --changed or --agent, and not both. Nothing was added.");
        }
        var desk = new Desk(config);
        var redoing = new Redoing(desk, priority, to);
        if (changed) {
            redoing.changed(run, notAccepted, agent);
        } else if (isChosen) {
            redoing.chosen(desk.night(desk.nights().journal(run)), notAccepted, agent);
        } else {
            redoing.named(desk.all(tasks, run));
        }
        return ExitCode.OK.status();
    }
}
