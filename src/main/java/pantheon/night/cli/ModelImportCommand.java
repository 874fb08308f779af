package pantheon.night.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import pantheon.night.Count;
import pantheon.night.cli.option.OutputOptions;
import pantheon.night.contract.Json;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.importing.ModelImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a model folder of a GGUF file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = 64,
        description = {
            "Makes a model folder of a GGUF file.",
            "The families llama, qwen2 and qwen3 are known. Graph, weights, tokenizer and where it comes from are written; the",
            "weights stay as they are in the file."
        })
final class ModelImportCommand implements Callable<Integer> {
    /** How the graph multiplies, as the command line says it. */
    enum Precision {
        exact,
        fast
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "The GGUF file.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder to make.")
    private Path folder = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "What the model is called; without it as the folder.")
    private String name = "";

    @Option(
            names = "--precision",
            paramLabel = "exact|fast",
            description = {
                "fast (the default) rounds activations to 8 bits, as llama.cpp does; exact multiplies in single precision."
            })
    private Precision precision = Precision.fast;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description = "The most tokens of a sequence; without it, or with 0, as many as the file claims.")
    private int context;

    @Option(names = "--replace", description = "Put it in the place of the folder that is there.")
    private boolean replace;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        var target = folder.toAbsolutePath().normalize();
        var called = name.isEmpty() ? String.valueOf(target.getFileName()) : name;
        var arithmetic = precision == Precision.exact ? Arithmetic.EXACT : Arithmetic.FAST;
        var manifest = new ModelImport(file, target, called, arithmetic, context).run(replace);
        var words = output.output();
        words.result(Json.object()
                .put("name", manifest.name())
                .put("files", manifest.files().size())
                .put("digest", manifest.digest()));
        words.say("%s: %s in %s, digest %s"
                .formatted(manifest.name(), Count.of(manifest.files().size(), "file"), folder, manifest.digest()));
        return 0;
    }
}
