package pantheon.night.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import pantheon.night.ExitCode;
import pantheon.night.cli.option.ConfigOptions;
import pantheon.night.cli.setup.Setup;
import pantheon.night.contract.Json;
import pantheon.night.queue.QueueReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks queue files. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Checks queue files line by line, and runs nothing.")
final class ValidateCommand implements Callable<Integer> {
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Parameters(paramLabel = "FILE", arity = "0..*", description = "Queue files; the configured queue without any.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        var output = config.output();
        var setup = Setup.load(config.file(), Map.of());
        var reader = new QueueReader(setup.agents());
        long[] right = new long[1];
        (files.isEmpty() ? setup.queueFiles() : files).forEach(file -> reader.read(file, task -> right[0]++));
        reader.problems().forEach(output::warn);
        var json = Json.object().put("lines", reader.lines()).put("right", right[0]);
        reader.problems().forEach(json.putArray("problems")::add);
        output.result(json);
        output.say("%d lines, %d of them right".formatted(reader.lines(), right[0]));
        return (reader.problems().isEmpty() ? ExitCode.OK : ExitCode.DATA).status();
    }
}
