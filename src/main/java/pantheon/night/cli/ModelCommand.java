package pantheon.night.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import pantheon.night.Count;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.contract.Json;
import pantheon.night.model.ModelManifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes care of model folders. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = "Takes care of model folders.",
        subcommands = {ModelCommand.Manifest.class, ModelBench.class})
final class ModelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(), "model needs a subcommand: model manifest DIR, or model bench MODEL");
    }

    /** Writes a folder's manifest. */
    @Command(
            name = "manifest",
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = 64,
            description = "Writes the manifest of a model folder: the SHA-256 of every file in it.")
    static final class Manifest implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "The model's folder.")
        private Path folder = Path.of("");

        @Option(
                names = "--name",
                paramLabel = "NAME",
                description = "What the model is called; the folder's name without it.")
        private String name = "";

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Override
        public Integer call() {
            var called = name.isEmpty()
                    ? folder.toAbsolutePath().normalize().getFileName().toString()
                    : name;
            var manifest = ModelManifest.write(folder, called);
            var words = output.output();
            words.result(Json.object()
                    .put("name", called)
                    .put("files", manifest.files().size())
                    .put("digest", manifest.digest()));
            words.say("%s: %s, digest %s"
                    .formatted(called, Count.of(manifest.files().size(), "file"), manifest.digest()));
            return 0;
        }
    }
}
