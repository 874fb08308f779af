package pantheon.night.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.cli.console.Output;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.cli.unit.InUnit;
import pantheon.night.contract.Json;
import pantheon.night.disk.FileTree;
import pantheon.night.engine.recorded.RecordedEngine;
import pantheon.night.replay.Replay;
import pantheon.night.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the record of a night again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description =
                "Runs a night's tasks again on their recorded answers, without the model, and tells where they differ.")
final class ReplayCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private InUnit inUnit = new InUnit();

    @Parameters(paramLabel = "RUN", description = "The night's id, for example 20261123-220000.")
    private String run = "";

    @Option(names = "--task", paramLabel = "ID", description = "Replay this task alone.")
    private @Nullable String task;

    @Override
    public Integer call() {
        return inUnit.isAsked() ? inUnit.run() : replay();
    }

    private int replay() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var journal = setup.journal(run);
        inUnit.prove(setup.egress(), config.file()); // tools run again, and nothing of theirs may call out either
        var scratch = setup.state().replay(ProcessHandle.current().pid());
        Replay.Result result;
        try (var workspace = Workspace.open(setup.config().workspace())) {
            result = new Replay(setup.agents(), workspace, scratch, RecordedEngine::ofOne).run(journal, task);
        } finally {
            remove(scratch);
        }
        if (task != null && result.replayed() == 0) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s has no task \"%s\" that ended. Name one of its subjects.".formatted(journal, task));
        }
        print(output, journal, result);
        return (result.differences().isEmpty() ? ExitCode.OK : ExitCode.DATA).status();
    }

    private static void print(Output output, Path journal, Replay.Result result) {
        var json = Json.object();
        json.put("replayed", result.replayed());
        json.put("interrupted", result.interrupted());
        var differences = json.putArray("differences");
        for (var difference : result.differences()) {
            differences
                    .addObject()
                    .put("line", difference.seq())
                    .put("task", difference.task())
                    .put("what", difference.what());
            output.error("%s:%d: %s: %s".formatted(journal, difference.seq(), difference.task(), difference.what()));
        }
        output.result(json);
        output.say("%s replayed, %d of them exactly%s"
                .formatted(
                        Count.of(result.replayed(), "task"),
                        result.replayed() - result.differences().size(),
                        result.interrupted() == 0
                                ? ""
                                : "; %s cut off, and begun anew".formatted(Count.of(result.interrupted(), "attempt"))));
    }

    private static void remove(Path folder) {
        try {
            FileTree.remove(folder);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO, "%s cannot be removed: %s. Remove it.".formatted(folder, IoReason.of(e, folder)), e);
        }
    }
}
