package pantheon.night.cli.morning;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.cli.morning.desk.Desk;
import pantheon.night.cli.morning.desk.LookedAt;
import pantheon.night.cli.morning.desk.ShownTask;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.contract.Json;
import pantheon.night.morning.TaskStory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what became of a task, and why. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Shows a task: what it saw, did and changed, how its checks judged, and why it ended.",
            "It reads the journal, the artifacts and the repository, and changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  pantheon-night show docs-install", "  pantheon-night show docs-install --prompt"})
public final class ShowCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "TASK", description = "The task's id, or the beginning of it.")
    private String task = "";

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "The night's id or the beginning of it; the last night that has the task without it.")
    private @Nullable String run;

    @Option(names = "--full", description = "Show arguments, results and texts whole.")
    private boolean full;

    @Option(names = "--prompt", description = "Show the whole conversation as the model saw it, and nothing else.")
    private boolean prompt;

    @Override
    public Integer call() {
        var desk = new Desk(config);
        var output = desk.output();
        var looked = desk.look(task, run);
        if (prompt) {
            var text = prompt(looked);
            output.result(Json.object()
                    .put("run", looked.run())
                    .put("task", looked.task())
                    .put("prompt", text));
            output.block(text);
        } else {
            var story = TaskStory.of(looked.journal(), looked.task());
            var shown = new ShownTask(looked, story, full, output);
            output.result(shown.json());
            shown.say();
        }
        return ExitCode.OK.status();
    }

    private static String prompt(LookedAt looked) {
        return looked.artifacts()
                .text("prompt.txt")
                .orElseThrow(() -> new NightException(
                        ExitCode.DATA,
                        "%s is not there: no model was asked, or the artifacts were removed."
                                .formatted(looked.folder().resolve("prompt.txt"))));
    }
}
