package pantheon.night.cli.morning;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.morning.desk.ListedTask;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.decision.Decisions;
import pantheon.night.journal.Journal;
import pantheon.night.outcome.FinishReason;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.SetAside;
import pantheon.night.report.record.TaskRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the tasks of nights. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Lists a night's tasks: what each came to, its document, its commit, and why it was not accepted.",
            "With --json, one line a task. It reads journals and changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pantheon-night list",
            "  pantheon-night list 20261123 --outcome not_accepted",
            "  pantheon-night list --all --undecided"
        })
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "The night's id or the beginning of it; the last night without it.")
    private @Nullable String run;

    @Option(names = "--all", description = "List the tasks of all nights.")
    private boolean all;

    @Option(
            names = "--outcome",
            paramLabel = "REASON",
            description = "Only tasks that ended so: accepted, not_accepted, declined, ...; may stand several times.")
    private List<String> outcomes = List.of();

    @Option(names = "--agent", paramLabel = "AGENT", description = "Only tasks of this agent.")
    private @Nullable String agent;

    @Option(names = "--undecided", description = "Only tasks that wait for a person: ended, and nobody decided.")
    private boolean undecided;

    @Override
    public Integer call() {
        outcomes.forEach(ListCommand::requireReason);
        if (all && run != null) {
            throw new NightException(
                    ExitCode.USAGE, "--all lists every night, so \"%s\" is too much. Leave one out.".formatted(run));
        }
        var desk = new Desk(config);
        var nights = desk.nights();
        var journals = all ? nights.journals() : List.of(nights.journal(run));
        for (int i = 0; i < journals.size() && desk.output().isHeard(); i++) {
            list(journals.get(i), desk);
        }
        return ExitCode.OK.status();
    }

    private static void requireReason(String outcome) {
        if (List.of(FinishReason.values()).stream()
                .noneMatch(reason -> reason.code().equals(outcome))) {
            throw new NightException(
                    ExitCode.USAGE,
                    "--outcome is \"%s\"; expected a finish reason of docs/operations.md, for example not_accepted."
                            .formatted(outcome));
        }
    }

    private void list(Path journal, Desk desk) {
        try {
            var tasks = tasks(desk.night(journal), desk.decisions());
            tasks.forEach(task -> say(task, desk.output()));
            if (isWhole()) {
                parked(desk.night(journal).parked(), desk.output());
            }
            desk.output().say("%s of night %s".formatted(Count.of(tasks.size(), "task"), Journal.run(journal)));
            desk.waiting(journal).forEach(stop -> desk.output().say(stop.words()));
        } catch (NightException e) {
            if (!all) {
                throw e;
            }
            desk.output().warn("this night is left out: " + e.getMessage());
        }
    }

    private List<ListedTask> tasks(NightRecord night, Decisions decisions) {
        return night.tasks().stream()
                .filter(this::isWanted)
                .map(task -> new ListedTask(
                        night.run(),
                        task,
                        decisions.last(night.run(), task.id()).orElse(null)))
                .filter(task -> !undecided || task.waits())
                .toList();
    }

    private boolean isWanted(TaskRecord task) {
        return (outcomes.isEmpty() || outcomes.contains(task.reason())) && (agent == null || task.isOf(agent));
    }

    /** Whether no task of a night is left out. */
    private boolean isWhole() {
        return outcomes.isEmpty() && agent == null && !undecided;
    }

    /** Tasks that the night did without are none of its own: they are told to people alone. */
    private static void parked(SetAside parked, Output output) {
        parked.first().forEach(task -> output.say("%-14s %s".formatted("parked", task)));
        int untold = parked.count() - parked.first().size();
        if (untold > 0) {
            output.say("%-14s %s more".formatted("parked", Count.of(untold, "task")));
        }
    }

    private static void say(ListedTask task, Output output) {
        output.resultLine(task.json());
        task.lines().forEach(output::say);
    }
}
