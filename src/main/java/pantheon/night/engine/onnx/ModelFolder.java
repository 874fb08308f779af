package pantheon.night.engine.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.LoggerFactory;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A model's folder in the layout of Hugging Face, or of the ONNX Runtime generator.
 *
 * @param graph the ONNX file to load
 * @param contextTokens the context length that the model claims
 * @param kvHeads the heads of its KV cache, where the graph leaves them open
 * @param headWidth the numbers a head has, where the graph leaves them open
 * @param endTokens the ids that end a turn
 */
record ModelFolder(Path folder, Path graph, int contextTokens, int kvHeads, int headWidth, Set<Integer> endTokens) {
    /** The order in which graphs are looked for; the first that is there is loaded. */
    private static final List<String> GRAPHS = List.of(
            "model.onnx",
            "onnx/model.onnx",
            "onnx/model_q4.onnx",
            "onnx/model_int8.onnx",
            "onnx/model_uint8.onnx",
            "onnx/model_quantized.onnx",
            "onnx/model_bnb4.onnx",
            "onnx/model_q4f16.onnx",
            "onnx/model_fp16.onnx");

    static ModelFolder of(Path folder) {
        var generator = folder.resolve("genai_config.json");
        return Files.isRegularFile(generator)
                ? ofGenerator(folder, json(generator))
                : ofHuggingFace(folder, json(folder.resolve("config.json")));
    }

    Path tokenizer() {
        var file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw unavailable(file + " is missing; expected the tokenizer in Hugging Face's form");
        }
        return file;
    }

    private static ModelFolder ofHuggingFace(Path folder, JsonNode config) {
        int heads = number(folder, config, "num_attention_heads");
        int width = config.has("head_dim")
                ? config.get("head_dim").intValue()
                : number(folder, config, "hidden_size") / heads;
        var ends = endTokens(config);
        var generation = folder.resolve("generation_config.json");
        if (Files.isRegularFile(generation)) {
            ends.addAll(endTokens(json(generation)));
        }
        return new ModelFolder(
                folder,
                graph(folder),
                number(folder, config, "max_position_embeddings"),
                config.path("num_key_value_heads").asInt(heads),
                width,
                ends);
    }

    private static ModelFolder ofGenerator(Path folder, JsonNode config) {
        var model = config.path("model");
        var decoder = model.path("decoder");
        var graph = folder.resolve(decoder.path("filename").asString("model.onnx"));
        if (!Files.isRegularFile(graph)) {
            throw unavailable(graph + " is missing; genai_config.json names it as the decoder's graph");
        }
        return new ModelFolder(
                folder,
                graph,
                number(folder, model, "context_length"),
                decoder.path("num_key_value_heads").asInt(0),
                decoder.path("head_size").asInt(0),
                endTokens(model));
    }

    private static Path graph(Path folder) {
        var graph = GRAPHS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() ->
                        unavailable("model folder %s has no graph; expected one of %s".formatted(folder, GRAPHS)));
        if (graph.getFileName().toString().equals("model_fp16.onnx")) {
            LoggerFactory.getLogger(ModelFolder.class)
                    .warn("{} is in fp16, which a CPU decodes very slowly; add onnx/model_q4.onnx", graph);
        }
        return graph;
    }

    private static Set<Integer> endTokens(JsonNode config) {
        var ends = new TreeSet<Integer>();
        var value = config.path("eos_token_id");
        if (value.isInt()) {
            ends.add(value.intValue());
        }
        value.forEach(id -> ends.add(id.intValue()));
        return ends;
    }

    private static int number(Path folder, JsonNode config, String key) {
        int value = config.path(key).asInt(0);
        if (value < 1) {
            throw unavailable("the configuration of model folder %s has no %s; expected a number of 1 or more"
                    .formatted(folder, key));
        }
        return value;
    }

    private static JsonNode json(Path file) {
        try {
            return Json.parse(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw unavailable(
                    "%s cannot be read: %s; expected the model's configuration".formatted(file, e.getMessage()));
        }
    }

    static NightException unavailable(String what) {
        return new NightException(ExitCode.UNAVAILABLE, what + ". Restore the model folder from its source.");
    }
}
