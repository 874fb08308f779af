package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.graph.ExternalData;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder with a graph that others exported, in the layout of ONNX Runtime's generator, or of Optimum and transformers.js.
 * It is tried out, and taken as it is.
 *
 * @param graphs the graph and the files that its numbers are in
 */
record OnnxSource(Path folder, ModelFolder model, List<Path> graphs) implements ModelSource {
    private static final String GENERATOR = "genai_config.json";
    private static final List<String> CONFIGURATIONS = List.of(GENERATOR, "config.json");
    /** What Optimum called the graphs of decoders that were in several parts. */
    private static final String PART = "decoder_";

    /** Whether a folder is one of ONNX Runtime's generator. */
    static boolean isGenerators(Path folder) {
        return Files.isRegularFile(folder.resolve(GENERATOR));
    }

    /** Whether a folder has any graph. */
    static boolean isThere(Path folder) {
        return !graphs(folder).isEmpty() || !graphs(folder.resolve("onnx")).isEmpty();
    }

    private static List<String> graphs(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.endsWith(".onnx"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Foreign.broken(folder, "it cannot be read: " + IoReason.of(e, folder));
        }
    }

    /**
     * Tries a folder's graph out.
     *
     * @throws NightException with exit code 65 where it cannot be run, or 64 where something is asked for that its maker
     *     decided
     */
    static OnnxSource open(Path folder, Arithmetic arithmetic, int contextTokens, ModelImport.Trial trial) {
        requireNothingAsked(folder, arithmetic, contextTokens);
        requireWhole(folder);
        try {
            var model = ModelFolder.of(folder);
            var source = new OnnxSource(folder, model, files(folder, model.graph()));
            try (var tokenizer = new FolderTokenizer(folder).load(model.vocabulary())) {
                trial.run(folder, tokenizer);
            }
            return source;
        } catch (NightException e) {
            throw e.exitCode() == ExitCode.UNAVAILABLE
                    ? new NightException(ExitCode.DATA, String.valueOf(e.getMessage()), e)
                    : e;
        }
    }

    static void requireNothingAsked(Path folder, Arithmetic arithmetic, int contextTokens) {
        var asked = arithmetic == Arithmetic.EXACT ? "--precision exact" : contextTokens != 0 ? "--context" : "";
        if (!asked.isEmpty()) {
            throw new NightException(
                    ExitCode.USAGE,
                    "%s holds a graph, which is taken as it was made, so %s cannot be asked for. Leave it out, or import the model's weights."
                            .formatted(folder, asked));
        }
    }

    private static void requireWhole(Path folder) {
        var names = Stream.concat(graphs(folder).stream(), graphs(folder.resolve("onnx")).stream())
                .toList();
        if (!isGenerators(folder) && names.stream().allMatch(name -> name.startsWith(PART))) {
            throw Foreign.unknown(
                    folder,
                    "its decoder is in the form of early exports (%s)".formatted(VisibleText.line(names.getFirst())),
                    "Export it again with a newer Optimum, as one model.onnx with a KV cache (--task text-generation-with-past).");
        }
    }

    /** A graph, and what its tensors name beside it. */
    private static List<Path> files(Path folder, Path graph) {
        var files = new ArrayList<>(List.of(graph));
        try {
            for (var location : ExternalData.of(graph)) {
                var file = graph.resolveSibling(location).normalize();
                if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
                    throw Foreign.broken(
                            graph,
                            "its numbers are in %s, which is no file of its folder"
                                    .formatted(VisibleText.line(location)));
                }
                files.add(file);
            }
            return List.copyOf(files);
        } catch (IOException e) {
            throw Foreign.broken(graph, "it cannot be read: " + IoReason.of(e, graph));
        }
    }

    @Override
    public void write(Path target) throws IOException {
        for (var file : graphs) {
            var copy = target.resolve(
                    folder.normalize().relativize(file.normalize()).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        for (var name : CONFIGURATIONS) {
            if (Files.exists(folder.resolve(name))) {
                Files.copy(folder.resolve(name), target.resolve(name));
            }
        }
        new FolderTokenizer(folder).copy(target, model.vocabulary());
        FolderPapers.copy(folder, target);
    }

    @Override
    public ObjectNode origin() throws IOException {
        var origin = FolderPapers.origin(folder, graphs);
        origin.setAll(FolderPapers.describe(folder));
        return origin;
    }

    @Override
    public void close() {
        // nothing stays open
    }
}
