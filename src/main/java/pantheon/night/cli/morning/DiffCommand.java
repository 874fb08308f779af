package pantheon.night.cli.morning;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.contract.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a task's change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Shows what a task changed, as a patch in git's form; coloured on a terminal.",
            "Hidden characters are written out, also in a pipe. It changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night diff docs-install", "  pantheon-night diff docs-install --run 20261123"})
public final class DiffCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "TASK", description = "The task's id, or the beginning of it.")
    private String task = "";

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The night's id or the beginning of it; the last night that has the task without it.")
    private @Nullable String run;

    @Override
    public Integer call() {
        var desk = new Desk(config);
        var output = desk.output();
        var looked = desk.look(task, run);
        var patch = looked.diff().require(looked.record());
        output.result(Json.object()
                .put("run", looked.run())
                .put("task", looked.task())
                .put("diff", patch));
        output.patch(patch);
        return ExitCode.OK.status();
    }
}
