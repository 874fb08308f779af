package pantheon.night.cli.morning.merge;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.journal.Journal;
import pantheon.night.workspace.branch.MergeTarget;
import pantheon.night.workspace.branch.PickJudge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a night's accepted work on a branch. */
@Command(
        name = "merge",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Puts the commits of a night's tasks that a person accepted on a branch that is named.",
            "Where lines are merged, the checks of the tasks whose work is in them are asked again.",
            "What conflicts or fails them is told and left out; what the branch has already stays as it is."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it is on the branch",
            "65:a task that was named cannot be merged, or a commit is gone",
            "73:the branch is checked out, or cannot be written",
            "75:some conflict or fail their checks, and were left out"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night merge --onto morning", "  pantheon-night merge 20261123 --onto morning --all"})
public final class MergeCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "The night's id or the beginning of it; the last night without it.")
    private @Nullable String run;

    @Option(
            names = "--onto",
            paramLabel = "BRANCH",
            required = true,
            description = "The branch; made at the night's base commit where it is not there.")
    private String onto = "";

    @Option(names = "--task", paramLabel = "TASK", description = "Only this task; may stand several times.")
    private List<String> tasks = List.of();

    @Option(names = "--all", description = "Take those that nobody has decided of, too.")
    private boolean all;

    @Option(names = "--unchecked", description = "Merge lines without asking the agents' checks again.")
    private boolean unchecked;

    @Override
    public Integer call() {
        var target = new MergeTarget(onto);
        var desk = new Desk(config);
        var journal = desk.nights().journal(run);
        var named = desk.all(tasks, Journal.run(journal));
        var judge = unchecked ? PickJudge.NONE : new Rechecks(desk, Journal.run(journal));
        var merging = new Merging(desk, desk.night(journal), all, judge);
        var merged = named.isEmpty() ? merging.whole(target) : merging.only(named, target);
        merged.say(desk.output());
        return (merged.isWhole() ? ExitCode.OK : ExitCode.WORK_LEFT).status();
    }
}
