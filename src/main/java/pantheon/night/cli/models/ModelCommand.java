package pantheon.night.cli.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
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
        subcommands = {
            ModelImportCommand.class,
            ModelInspect.class,
            ModelCheck.class,
            ModelCommand.Manifest.class,
            ModelBench.class
        })
public final class ModelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                command.commandLine(),
                "model needs a subcommand: model import FILE|FOLDER DIR, model inspect FILE|FOLDER, model check DIR FILE|FOLDER, model manifest DIR, or model bench MODEL");
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
                description = "What the model is called; without it the name that it has, else the folder's.")
        private String name = "";

        @Option(
                names = "--agent",
                paramLabel = "NAME",
                description = {
                    "An agent that the model was trained for; may be",
                    "given several times. An agent that is not among them",
                    "is told when it is loaded. Without it those that",
                    "stand there, else any."
                })
        private List<String> agents = new ArrayList<>();

        @Option(names = "--replace", description = "Write another in the place of the one that is there.")
        private boolean replace;

        @Mixin
        private OutputOptions output = new OutputOptions();

        @Override
        public Integer call() {
            var file = folder.resolve(ModelManifest.FILE);
            if (Files.exists(file) && !replace) {
                throw new NightException(
                        ExitCode.USAGE,
                        "%s is there already. Check that the folder's files are the right ones, then add --replace."
                                .formatted(file));
            }
            var old = ModelManifest.peek(folder);
            var manifest = ModelManifest.write(
                    folder,
                    name.isEmpty() ? old.map(ModelManifest::name).orElseGet(this::folderName) : name,
                    agents.isEmpty() ? old.map(ModelManifest::agents).orElse(List.of()) : agents);
            say(manifest);
            return 0;
        }

        private String folderName() {
            return folder.toAbsolutePath().normalize().getFileName().toString();
        }

        private void say(ModelManifest manifest) {
            var words = output.output();
            words.result(Json.object()
                    .put("name", manifest.name())
                    .put("files", manifest.files().size())
                    .put("digest", manifest.digest()));
            manifest.files().forEach((path, digest) -> words.detail(digest + "  " + path));
            words.say("%s: %s, digest %s"
                    .formatted(manifest.name(), Count.of(manifest.files().size(), "file"), manifest.digest()));
        }
    }
}
