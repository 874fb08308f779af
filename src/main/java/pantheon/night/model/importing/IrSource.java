package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.ir.IrGraph;
import tools.jackson.databind.node.ObjectNode;

/** A folder as optimum-intel or OpenVINO's GenAI writes it. What its graph states is looked at, and it is taken as it is. */
record IrSource(Path folder, ModelFolder model) implements ModelSource {
    private static final List<String> GRAPH = List.of(IrGraph.GRAPH, IrGraph.WEIGHTS);
    private static final String CONFIGURATION = "config.json";

    /** Whether a folder is one. */
    static boolean isThere(Path folder) {
        return Files.isRegularFile(folder.resolve(IrGraph.GRAPH));
    }

    /**
     * Looks at a folder.
     *
     * @throws NightException with exit code 65 where it is no decoder that keeps its keys and values, or lacks a part, or 64
     *     where something is asked for that its maker decided
     */
    static IrSource open(Path folder, Arithmetic arithmetic, int contextTokens) {
        OnnxSource.requireNothingAsked(folder, arithmetic, contextTokens);
        requireWhole(folder);
        try {
            return new IrSource(folder, ModelFolder.of(folder).withGraph(IrGraph.GRAPH));
        } catch (NightException e) {
            throw new NightException(ExitCode.DATA, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireWhole(Path folder) {
        var graph = graph(folder);
        if (!graph.isDecoder()) {
            throw Foreign.unknown(
                    folder.resolve(IrGraph.GRAPH),
                    "it is no decoder that keeps its keys and values from one run to the next",
                    "Export it again, with optimum-cli export openvino --task text-generation-with-past.");
        }
        var weights = folder.resolve(IrGraph.WEIGHTS);
        long bytes = bytes(weights);
        if (bytes < graph.numberBytes()) {
            throw Foreign.broken(
                    weights, "it has %d bytes, and the graph's numbers take %d".formatted(bytes, graph.numberBytes()));
        }
    }

    static IrGraph graph(Path folder) {
        var file = folder.resolve(IrGraph.GRAPH);
        try {
            return IrGraph.of(file);
        } catch (IOException e) {
            throw Foreign.broken(file, "it cannot be read: " + IoReason.of(e, file));
        }
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw Foreign.broken(file, "it cannot be read: " + IoReason.of(e, file));
        }
    }

    @Override
    public void write(Path target) throws IOException {
        for (var name : GRAPH) {
            Files.copy(folder.resolve(name), target.resolve(name));
        }
        Files.copy(folder.resolve(CONFIGURATION), target.resolve(CONFIGURATION));
        new FolderTokenizer(folder).copy(target, model.vocabulary());
        FolderPapers.copy(folder, target);
    }

    @Override
    public ObjectNode origin() throws IOException {
        var origin =
                FolderPapers.origin(folder, GRAPH.stream().map(folder::resolve).toList());
        origin.setAll(FolderPapers.describe(folder));
        return origin;
    }

    @Override
    public void close() {
        // nothing stays open
    }
}
