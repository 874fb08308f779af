package pantheon.night.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    private static final String CONFIG = """
            {"num_attention_heads": 14, "num_key_value_heads": 2, "hidden_size": 896, "vocab_size": 151936,
             "max_position_embeddings": 32768, "eos_token_id": 151645, "head_dim": null%s}""";

    @TempDir
    private Path folder;

    private Path file(String path, String content) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void reads_hugging_face() throws IOException {
        file("config.json", CONFIG.formatted(""));
        file("generation_config.json", "{\"eos_token_id\": [151645, 151643]}");
        var graph = file("onnx/model.onnx", "");
        assertEquals(
                new ModelFolder(folder, graph, 32768, 151936, 2, 64, Set.of(151643, 151645)), ModelFolder.of(folder));
    }

    @Test
    void reads_the_generators_configuration_first() throws IOException {
        file("config.json", "{}");
        file("genai_config.json", """
                {"model": {"context_length": 4096, "eos_token_id": [5, 6], "vocab_size": 300,
                  "decoder": {"filename": "decoder.onnx", "head_size": 128, "num_key_value_heads": 8}}}""");
        var graph = file("decoder.onnx", "");
        assertEquals(new ModelFolder(folder, graph, 4096, 300, 8, 128, Set.of(5, 6)), ModelFolder.of(folder));
    }

    @Test
    void looks_for_graphs_in_a_fixed_order() throws IOException {
        file("config.json", CONFIG.formatted(""));
        for (var name : new String[] {
            "model_fp16",
            "model_q4f16",
            "model_bnb4",
            "model_quantized",
            "model_uint8",
            "model_int8",
            "model_q4",
            "model"
        }) {
            var graph = file("onnx/" + name + ".onnx", "");
            assertEquals(graph, ModelFolder.of(folder).graph());
        }
        var graph = file("model.onnx", "");
        assertEquals(graph, ModelFolder.of(folder).graph());
    }

    @Test
    void takes_the_graph_that_the_configuration_names() throws IOException {
        file("config.json", CONFIG.formatted(", \"transformers.js_config\": {\"dtype\": \"q4\"}"));
        file("onnx/model.onnx", "");
        var graph = file("onnx/model_q4.onnx", "");
        assertEquals(graph, ModelFolder.of(folder).graph());
    }
}
