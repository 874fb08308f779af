package pantheon.night.cli.morning;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.morning.Nights;
import pantheon.night.outcome.FinishReason;
import pantheon.night.report.record.NightRecord;
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
            "  pantheon-night list --all --agent docops.front-matter --json"
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

    @Override
    public Integer call() {
        outcomes.forEach(ListCommand::requireReason);
        if (all && run != null) {
            throw new NightException(
                    ExitCode.USAGE, "--all lists every night, so \"%s\" is too much. Leave one out.".formatted(run));
        }
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var nights = new Nights(setup.log());
        for (var journal : all ? nights.journals() : List.of(nights.journal(run))) {
            list(journal, output);
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

    private void list(Path journal, Output output) {
        try {
            var night = NightRecord.of(journal);
            var tasks = night.tasks().stream().filter(this::isWanted).toList();
            tasks.forEach(task -> say(new ListedTask(night.run(), task), output));
            output.say("%s of night %s".formatted(Count.of(tasks.size(), "task"), night.run()));
        } catch (NightException e) {
            if (!all) {
                throw e;
            }
            output.warn("this night is left out: " + e.getMessage());
        }
    }

    private boolean isWanted(TaskRecord task) {
        boolean isOfAgent =
                agent == null || task.agent().equals(agent) || task.agent().startsWith(agent + "@");
        return isOfAgent && (outcomes.isEmpty() || outcomes.contains(task.reason()));
    }

    private static void say(ListedTask task, Output output) {
        output.resultLine(task.json());
        task.lines().forEach(output::say);
    }
}
