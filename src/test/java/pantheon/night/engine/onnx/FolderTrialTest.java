package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.model.SmallTokenizer;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.importing.ModelImport;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;

/** Graphs in the layouts of several exporters, brought in by the import, which tries them out. */
final class FolderTrialTest {
    @TempDir
    private Path parent;

    private Path imported(Path from) {
        var target = parent.resolve("made");
        new ModelImport(from, target, "made", Arithmetic.FAST, 0, FolderTrial::run).run(false);
        return target;
    }

    private static String said(Path folder) {
        try (var engine = OnnxEngine.load(folder, new OnnxOptions(1, 0, 1, ChatFormats.QWEN));
                var conversation = engine.open()) {
            return conversation
                    .generate(Prompt.unshared("Say\n"), new GenerationLimits(20, Duration.ofMinutes(1)))
                    .text();
        }
    }

    private void assertRefused(Path from, String message) throws IOException {
        var refused = assertThrows(NightException.class, () -> imported(from));
        assertTrue(String.valueOf(refused.getMessage()).contains(message), refused.getMessage());
        assertEquals(ExitCode.DATA, refused.exitCode());
        try (var left = Files.list(parent)) {
            assertEquals(1, left.count(), "nothing is left of it");
        }
    }

    @ParameterizedTest
    @EnumSource(TestModel.class)
    void a_graph_comes_in_as_it_is_with_its_numbers(TestModel model) throws IOException {
        var from = model.write(parent.resolve("tiny"));
        var made = imported(from);
        assertEquals(said(from), said(made));
        var origin = Json.parse(Files.readString(made.resolve("origin.json"))).path("files");
        for (var file : origin.properties()) {
            assertEquals(file.getValue().stringValue(), Sha256.hex(made.resolve(file.getKey())));
            assertEquals(file.getValue().stringValue(), Sha256.hex(from.resolve(file.getKey())));
        }
        boolean external = model == TestModel.EXTERNAL || model == TestModel.GENERATOR;
        assertEquals(external ? 2 : 1, origin.size());
    }

    @Test
    void other_graphs_of_the_folder_stay_behind() throws IOException {
        var from = TestModel.OPTIMUM.write(parent.resolve("tiny"));
        TestModel.HALF.writeGraph(from, "onnx/model_fp16.onnx");
        var made = imported(from);
        assertFalse(Files.exists(made.resolve("onnx")));
        assertTrue(Files.exists(made.resolve("model.onnx")));
    }

    @Test
    void a_graph_without_all_of_its_numbers_is_refused() throws IOException {
        var from = TestModel.GENERATOR.write(parent.resolve("tiny"));
        Files.move(from.resolve("model.onnx.data"), from.resolve("other.data"));
        assertRefused(from, "its numbers are in model.onnx.data, which is no file of its folder");
    }

    @Test
    void numbers_from_outside_of_the_folder_are_refused() throws IOException {
        var from = parent.resolve("tiny/inner");
        TestModel.OPTIMUM.write(from);
        var graph = new OnnxGraph(OnnxGraph.FLOAT, "../outside");
        DecoderGraph.write(graph, new DecoderGraph.Export(false, false, "past", false), TestModel.VOCABULARY, 8);
        graph.write(from.resolve("model.onnx"));
        assertTrue(Files.exists(from.resolve("../outside")));
        assertRefused(from, "its numbers are in ../outside, which is no file of its folder");
    }

    @Test
    void early_exports_in_parts_are_refused_with_what_would_work() throws IOException {
        var from = TestModel.OPTIMUM.write(parent.resolve("tiny"));
        Files.move(from.resolve("model.onnx"), from.resolve("decoder_model_merged.onnx"));
        assertRefused(from, "early exports (decoder_model_merged.onnx). Export it again with a newer Optimum");
    }

    @Test
    void a_tokenizer_or_a_graph_that_is_none_is_refused() throws IOException {
        var from = TestModel.GENERATOR.write(parent.resolve("tiny"));
        new SmallTokenizer().add(5000, "<|end|>", true).write(from);
        assertRefused(from, "is token 5000");
        Files.writeString(from.resolve("model.onnx"), "version https://git-lfs.github.com/spec/v1\n");
        assertRefused(from, "model.onnx cannot be imported: it cannot be read");
    }

    @Test
    void what_the_maker_of_a_graph_decided_cannot_be_asked_for() throws IOException {
        var from = TestModel.OPTIMUM.write(parent.resolve("tiny"));
        var target = parent.resolve("made");
        for (var asked : new ModelImport[] {
            new ModelImport(from, target, "made", Arithmetic.EXACT, 0, FolderTrial::run),
            new ModelImport(from, target, "made", Arithmetic.FAST, 64, FolderTrial::run)
        }) {
            var refused = assertThrows(NightException.class, () -> asked.run(false));
            assertEquals(ExitCode.USAGE, refused.exitCode());
            assertTrue(String.valueOf(refused.getMessage()).contains("is taken as it was made"), refused.getMessage());
        }
    }
}
