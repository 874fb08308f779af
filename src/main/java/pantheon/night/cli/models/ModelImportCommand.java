package pantheon.night.cli.models;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.NightException;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.contract.Json;
import pantheon.night.engine.onnx.FolderTrial;
import pantheon.night.model.ModelManifest;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.importing.ModelImport;
import pantheon.night.model.trained.BaseComparison;
import pantheon.night.prompt.ChatFormats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a model folder of a GGUF file or of a Hugging Face folder. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Makes a model folder of a GGUF file or of a Hugging Face folder.",
            "The families llama, qwen2 and qwen3 are known; of a folder the weights in safetensors files are taken. Graph,",
            "weights, tokenizer, chat template, licence and where it comes from are written. A folder with an ONNX graph, as ONNX",
            "Runtime's generator or Optimum exports it, is tried out and taken as it is; one of OpenVINO's is taken as it is."
        })
final class ModelImportCommand implements Callable<Integer> {
    /** How the graph multiplies, as the command line says it. */
    enum Precision {
        exact,
        fast
    }

    @Parameters(index = "0", paramLabel = "FILE|FOLDER", description = "The GGUF file, or the folder.")
    private Path source = Path.of("");

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder to make.")
    private Path folder = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "What the model is called; without it as the folder.")
    private String name = "";

    @Option(
            names = "--precision",
            paramLabel = "exact|fast",
            description = {
                "fast (the default) rounds activations to 8 bits, as",
                "llama.cpp does, and weights in F32, F16 or BF16 too;",
                "exact multiplies in single precision by the weights",
                "as they are."
            })
    private Precision precision = Precision.fast;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description = "The most tokens of a sequence; without it, or with 0, as many as the model claims.")
    private int context;

    @Option(
            names = "--base",
            paramLabel = "FILE|FOLDER",
            description = {
                "The model that this one was trained from; where its",
                "positions, its vocabulary or its tokens differ,",
                "which trainers do not tell, nothing is made."
            })
    private @Nullable Path base;

    @Option(names = "--replace", description = "Put it in the place of the folder that is there.")
    private boolean replace;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var target = folder.toAbsolutePath().normalize();
        var called = name.isEmpty() ? String.valueOf(target.getFileName()) : name;
        var notes = new ArrayList<>(base == null ? List.of() : BaseComparison.requireAlike(source, base));
        var arithmetic = precision == Precision.exact ? Arithmetic.EXACT : Arithmetic.FAST;
        var manifest = new ModelImport(source, target, called, arithmetic, context, FolderTrial::run).run(replace);
        notes.add(format(target));
        say(manifest, notes);
        return 0;
    }

    /** How its conversations will be written, or why that has to be said in the configuration. */
    private static String format(Path model) {
        try {
            var found = ChatFormats.found(model);
            return found.note()
                    .orElseGet(() -> "its conversations are written as %s has them"
                            .formatted(found.format().name()));
        } catch (NightException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void say(ModelManifest manifest, List<String> notes) {
        var words = output.output();
        var result = Json.object()
                .put("name", manifest.name())
                .put("files", manifest.files().size())
                .put("digest", manifest.digest());
        notes.forEach(result.putArray("notes")::add);
        words.result(result);
        words.say("%s: %s in %s, digest %s"
                .formatted(manifest.name(), Count.of(manifest.files().size(), "file"), folder, manifest.digest()));
        notes.forEach(words::say);
    }
}
