package pantheon.night.engine.openvino;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.engine.Decoding;
import pantheon.night.engine.onnx.TestModel;
import pantheon.night.engine.onnx.TestTokenizer;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.ModelManifest;
import pantheon.night.model.ir.IrGraph;
import pantheon.night.prompt.ChatFormats;

/** Small model folders as OpenVINO's tools write them, and the libraries that {@code src/test/setup.sh} brings. */
final class TestIr {
    private static final Path LIBRARIES = Path.of("target/openvino").toAbsolutePath();

    private TestIr() {}

    static Path libraries() {
        assertTrue(Files.isDirectory(LIBRARIES), "run src/test/setup.sh first");
        return LIBRARIES;
    }

    static OpenVinoOptions options(int sequences) {
        return options(sequences, 1, Precision.F32);
    }

    private static OpenVinoOptions options(int sequences, int threads, Precision precision) {
        return new OpenVinoOptions(
                libraries(), "CPU", precision, threads, 0, sequences, ChatFormats.QWEN, Decoding.FAST);
    }

    /** A folder's graph, compiled. */
    static Network network(Path folder, boolean paged) throws IOException {
        var files = ModelFolder.of(folder).withGraph(IrGraph.GRAPH);
        var graph = IrGraph.of(files.graph());
        return Network.load(files, paged ? graph : unpaged(graph), options(4));
    }

    /** The same, for some threads. */
    static Network network(Path folder, int threads, Precision precision) throws IOException {
        var files = ModelFolder.of(folder).withGraph(IrGraph.GRAPH);
        return Network.load(files, IrGraph.of(files.graph()), options(4, threads, precision));
    }

    /** The same graph, as if its attention could not be paged. */
    private static IrGraph unpaged(IrGraph graph) {
        return new IrGraph(
                graph.inputs(), graph.givesLogits(), 0, graph.numberBytes(), graph.halfBytes(), graph.variables());
    }

    /** A model that answers every prompt with one text, in which no character may come twice, and ends. */
    static Path writeSpeaker(Path folder, String answer) throws IOException {
        Files.createDirectories(folder);
        var followers = TestModel.followers(answer);
        AttendingSpeaker.write(folder, followers);
        TestModel.writeConfiguration(folder, followers.length);
        TestTokenizer.write(folder);
        ModelManifest.write(folder, "speaker", List.of());
        return folder;
    }
}
