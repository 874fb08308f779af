package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.model.ModelManifest;
import pantheon.night.prompt.ChatFormats;
import tools.jackson.databind.node.ObjectNode;

class BrokenFolderTest {
    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = TestModel.OPTIMUM.write(parent.resolve("tiny"));
    }

    private static OnnxEngine load(Path folder) {
        return OnnxEngine.load(folder, new OnnxOptions(1, 0, 1, ChatFormats.QWEN));
    }

    /** Loads the folder and expects one message with exit code 69. */
    private void assertRefused(String... said) {
        var refused = assertThrows(NightException.class, () -> load(folder).close());
        assertEquals(ExitCode.UNAVAILABLE, refused.exitCode());
        var message = String.valueOf(refused.getMessage());
        for (var part : said) {
            assertTrue(message.contains(part), () -> "expected \"" + part + "\" in: " + message);
        }
    }

    /** As above, where the manifest agrees with the folder. */
    private void assertRefusedThoughListed(String... said) {
        ModelManifest.write(folder, "tiny", List.of());
        assertRefused(said);
    }

    private void edit(String file, Consumer<ObjectNode> change) throws IOException {
        var json = (ObjectNode) Json.parse(Files.readString(folder.resolve(file)));
        change.accept(json);
        Files.writeString(folder.resolve(file), json.toString());
    }

    @Test
    void a_whole_folder_loads() {
        load(folder).close();
    }

    @Test
    void no_folder() {
        folder = parent.resolve("absent");
        assertRefused("model folder", "absent does not exist", "Set the model's path");
    }

    @Test
    void no_manifest() throws IOException {
        Files.delete(folder.resolve("manifest.json"));
        assertRefused("has no manifest.json", "pantheon-night model manifest " + folder);
    }

    @Test
    void a_manifest_that_is_none() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{\"format\":1,\"name\":\"x\"}");
        assertRefused("is no manifest", "files", "Make it anew");
        Files.writeString(folder.resolve("manifest.json"), "{");
        assertRefused("cannot be read", "Make it anew");
    }

    @Test
    void files_that_the_manifest_does_not_agree_with() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        Files.delete(folder.resolve("generation_config.json"));
        Files.writeString(folder.resolve("adapter.bin"), "x");
        assertRefused(
                "adapter.bin is not in the manifest",
                "config.json has SHA-256 44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a; expected",
                "generation_config.json is missing");
    }

    /** Two graphs, each of them right: the one that is listed and one beside the folder. */
    @Test
    void a_graph_behind_a_linked_folder() throws IOException {
        var other = TestModel.OPTIMUM.write(parent.resolve("other"));
        var graphs = Files.createDirectory(parent.resolve("graphs"));
        Files.move(other.resolve("model.onnx"), graphs.resolve("model.onnx"));
        Files.delete(folder.resolve("model.onnx"));
        Files.createSymbolicLink(folder.resolve("onnx"), graphs);
        assertRefused("onnx is a link to a folder");
    }

    @Test
    void a_context_that_no_machine_holds() throws IOException {
        edit("config.json", config -> config.put("max_position_embeddings", Integer.MAX_VALUE));
        ModelManifest.write(folder, "tiny", List.of());
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertRefused(
                        "claims a context of 2147483647 tokens; expected 1048576 at most", "contextTokens"));
        OnnxEngine.load(folder, new OnnxOptions(1, 256, 1, ChatFormats.QWEN)).close();
    }

    @Test
    void no_configuration() throws IOException {
        Files.delete(folder.resolve("config.json"));
        assertRefusedThoughListed("config.json is missing");
    }

    @Test
    void configurations_that_lack_something() throws IOException {
        Files.writeString(folder.resolve("config.json"), "not json");
        assertRefusedThoughListed("config.json cannot be read");
        Files.writeString(folder.resolve("config.json"), "{\"num_attention_heads\":2,\"hidden_size\":32}");
        assertRefusedThoughListed("has no max_position_embeddings");
        Files.writeString(folder.resolve("config.json"), "{\"num_attention_heads\":\"two\"}");
        assertRefusedThoughListed("has num_attention_heads: \"two\"; expected a whole number of 32 bits");
        for (var number : List.of("1e300", "2.5", "1" + "0".repeat(30))) {
            Files.writeString(
                    folder.resolve("config.json"),
                    "{\"num_attention_heads\":2,\"hidden_size\":32,\"max_position_embeddings\":%s}".formatted(number));
            assertRefusedThoughListed("has max_position_embeddings: ", "expected a whole number of 32 bits");
        }
    }

    @Test
    void no_tokenizer() throws IOException {
        Files.delete(folder.resolve("tokenizer.json"));
        assertRefusedThoughListed("tokenizer.json is missing");
    }

    @Test
    void tokenizers_that_cannot_be_used() throws IOException {
        edit("tokenizer.json", json -> json.putObject("decoder").put("type", "Fuse"));
        assertRefusedThoughListed("no byte-level BPE tokenizer");
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\":{}}");
        assertRefusedThoughListed("is no tokenizer that can be read");
        TestTokenizer.write(folder);
        edit("tokenizer.json", json -> json.withArray("added_tokens").remove(2));
        assertRefusedThoughListed(
                "says that <tool_call> is token " + TestTokenizer.control("<tool_call>"),
                "it is tokenised as [" + TestTokenizer.control("<|im_end|>") + "]");
        TestTokenizer.write(folder);
        edit("tokenizer.json", json -> json.withObject("/added_tokens/2").put("content", "<|end|>"));
        assertRefusedThoughListed("has no control token <|im_end|>");
    }

    @Test
    void no_graph() throws IOException {
        Files.delete(folder.resolve("model.onnx"));
        assertRefusedThoughListed("has no graph", "onnx/model_q4.onnx");
    }

    @Test
    void a_graph_that_is_none() throws IOException {
        Files.writeString(folder.resolve("model.onnx"), "weights");
        assertRefusedThoughListed("model.onnx cannot be loaded");
    }

    @Test
    void no_external_data() throws IOException {
        folder = TestModel.GENERATOR.write(parent.resolve("external"));
        Files.delete(folder.resolve("model.onnx.data"));
        assertRefusedThoughListed("model.onnx cannot be loaded", "model.onnx.data");
    }

    @Test
    void a_graph_that_the_configuration_names_and_that_is_not_there() throws IOException {
        edit("config.json", json -> json.putObject("transformers.js_config").put("dtype", "q4"));
        assertRefusedThoughListed("onnx/model_q4.onnx is no file", "config.json names it");
        folder = TestModel.GENERATOR.write(parent.resolve("generator"));
        edit("genai_config.json", json -> json.withObject("/model/decoder").put("filename", "../tiny/model.onnx"));
        assertRefusedThoughListed("../tiny/model.onnx is no file in model folder", "genai_config.json names it");
    }

    @Test
    void a_vocabulary_that_does_not_match() throws IOException {
        edit("config.json", json -> json.put("vocab_size", 5000));
        assertRefusedThoughListed("vocab_size of 5000", "logits for " + TestModel.VOCABULARY + " tokens");
        edit("config.json", json -> json.remove("vocab_size"));
        edit(
                "tokenizer.json",
                json -> json.withArray("added_tokens")
                        .addObject()
                        .put("id", TestModel.VOCABULARY)
                        .put("content", "<|more|>")
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", true));
        edit("tokenizer.json", json -> {
            var vocabulary = json.withObject("/model/vocab");
            for (int id = TestTokenizer.SIZE; id < TestModel.VOCABULARY; id++) {
                vocabulary.put("more" + id, id);
            }
            json.path("added_tokens")
                    .forEach(token -> vocabulary.set(token.path("content").stringValue(), token.path("id")));
        });
        assertRefusedThoughListed("does not fit together", "ids up to " + TestModel.VOCABULARY);
        folder = TestModel.writeSpeaker(parent.resolve("wide"), filled(2 * TestTokenizer.SIZE + 2));
        assertRefused("does not fit together", "logits for " + (2 * TestTokenizer.SIZE + 2) + " tokens");
    }

    private static int[] filled(int width) {
        var followers = new int[width];
        Arrays.fill(followers, 'x');
        return followers;
    }

    @Test
    void graphs_that_are_no_decoders() throws IOException {
        writeGraph(graph -> {
            graph.input("input_ids", OnnxGraph.INT64, "batch", "length");
            graph.output("logits", OnnxGraph.FLOAT, "batch", "length", TestModel.VOCABULARY);
            var table = new float[TestModel.VOCABULARY * TestModel.VOCABULARY];
            gather(graph, graph.weights(table, TestModel.VOCABULARY, TestModel.VOCABULARY), "logits");
        });
        assertRefusedThoughListed("has 0 past inputs and 0 present outputs", "text-generation-with-past");
        writeGraph(graph -> {
            graph.input("input_ids", OnnxGraph.INT64, "batch", "length");
            graph.output("last_hidden_state", OnnxGraph.FLOAT, "batch", "length", 1);
            gather(graph, graph.weights(new float[300], 300, 1), "last_hidden_state");
        });
        assertRefusedThoughListed("no output logits");
        writeGraph(graph -> {
            graph.input("input_ids", OnnxGraph.INT64, "batch", "length");
            graph.input("pixel_values", OnnxGraph.FLOAT, 300, 1);
            graph.output("logits", OnnxGraph.FLOAT, "batch", "length", 1);
            graph.node(
                    "",
                    "Gather",
                    List.of("pixel_values", "input_ids"),
                    List.of("logits"),
                    OnnxGraph.integer("axis", 0));
        });
        assertRefusedThoughListed("asks for an input pixel_values");
    }

    @Test
    void weights_that_are_no_numbers() throws IOException {
        writeGraph(graph -> SpeakerGraph.write(graph, filled(TestModel.VOCABULARY), Float.NaN));
        assertRefusedThoughListed("no finite numbers");
    }

    private void writeGraph(Consumer<OnnxGraph> content) throws IOException {
        var graph = new OnnxGraph(OnnxGraph.FLOAT, null);
        content.accept(graph);
        graph.write(folder.resolve("model.onnx"));
    }

    private static void gather(OnnxGraph graph, String table, String output) {
        graph.node("", "Gather", List.of(table, "input_ids"), List.of(output), OnnxGraph.integer("axis", 0));
    }
}
