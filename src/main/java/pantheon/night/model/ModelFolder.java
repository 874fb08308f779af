package pantheon.night.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.model.ir.IrGraph;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A model's folder in the layout of Hugging Face, or of the ONNX Runtime generator.
 *
 * @param graph the ONNX file to load
 * @param contextTokens the context length that the model claims
 * @param vocabulary the tokens that the configuration counts, 0 where it says nothing
 * @param kvHeads the heads of its KV cache, 0 where the configuration says nothing
 * @param headWidth the numbers a head has, 0 where the configuration says nothing
 * @param endTokens the ids that end a turn
 */
public record ModelFolder(
        Path folder,
        Path graph,
        int contextTokens,
        int vocabulary,
        int kvHeads,
        int headWidth,
        Set<Integer> endTokens) {
    private static final int MOST_BYTES = 1 << 24;

    /** As the configuration has it for contextTokens. */
    private static final int MOST_CONTEXT = 1 << 20;

    private static final String GENERATOR = "genai_config.json";

    /** The order in which graphs are looked for where no configuration names one; the first that is there is loaded. */
    private static final List<String> GRAPHS = List.of(
            "model.onnx",
            "onnx/model.onnx",
            "onnx/model_q4.onnx",
            "onnx/model_int8.onnx",
            "onnx/model_uint8.onnx",
            "onnx/model_quantized.onnx",
            "onnx/model_bnb4.onnx",
            "onnx/model_q4f16.onnx",
            "onnx/model_fp16.onnx",
            IrGraph.GRAPH);

    /** What transformers.js calls them in {@code config.json}. */
    private static final Map<String, String> GRAPHS_BY_TYPE = Map.of(
            "fp32", "onnx/model.onnx",
            "fp16", "onnx/model_fp16.onnx",
            "q8", "onnx/model_quantized.onnx",
            "int8", "onnx/model_int8.onnx",
            "uint8", "onnx/model_uint8.onnx",
            "q4", "onnx/model_q4.onnx",
            "bnb4", "onnx/model_bnb4.onnx",
            "q4f16", "onnx/model_q4f16.onnx");

    public static ModelFolder of(Path folder) {
        var generator = folder.resolve(GENERATOR);
        try {
            return Files.isRegularFile(generator)
                    ? ofGenerator(folder, json(generator))
                    : ofHuggingFace(folder, json(folder.resolve("config.json")));
        } catch (JacksonException e) {
            throw unusable("the configuration of model folder %s has a value of another kind than expected: %s"
                    .formatted(folder, e.getMessage()));
        }
    }

    /** The same with a context that is in force in place of the one that is claimed. */
    public ModelFolder withContext(int tokens) {
        return new ModelFolder(folder, graph, tokens, vocabulary, kvHeads, headWidth, endTokens);
    }

    /** The same with another of its files as the graph. */
    public ModelFolder withGraph(String file) {
        return new ModelFolder(folder, folder.resolve(file), contextTokens, vocabulary, kvHeads, headWidth, endTokens);
    }

    /**
     * The context that is in force.
     *
     * @param name the model's
     * @param asked 0 for what it claims
     * @throws NightException with exit code 78 where it claims less, or 69 where it claims more than anybody can have
     */
    public int contextInForce(String name, int asked) {
        if (asked > contextTokens) {
            throw new NightException(
                    ExitCode.CONFIG,
                    "contextTokens is %d, but model %s has a context of %d. Set it to that or less."
                            .formatted(asked, name, contextTokens));
        }
        int context = asked == 0 ? contextTokens : asked;
        if (context > MOST_CONTEXT) {
            throw unusable(
                    "model %s claims a context of %d tokens; expected %d at most"
                            .formatted(name, context, MOST_CONTEXT),
                    "Set the model's contextTokens to what it needs, or restore the model folder from its source.");
        }
        return context;
    }

    /**
     * Makes sure that tokenizer, configuration and graph are of one model.
     *
     * @param width how many logits the graph gives out behind a token
     * @throws NightException with exit code 69 where they are not
     */
    public void requireFit(Tokenizer tokenizer, int width) {
        if (tokenizer.size() > width || tokenizer.size() < width / 2) {
            throw unfit("tokenizer.json has ids up to %d".formatted(tokenizer.size() - 1), width);
        }
        if (vocabulary != 0 && vocabulary != width) {
            throw unfit("the configuration has a vocab_size of %d".formatted(vocabulary), width);
        }
    }

    private NightException unfit(String what, int width) {
        return unusable("model folder %s does not fit together: %s, but %s gives out logits for %d tokens"
                .formatted(folder, what, graph.getFileName(), width));
    }

    public Path tokenizer() {
        var file = folder.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw unusable(file + " is missing; expected the tokenizer in Hugging Face's form");
        }
        return file;
    }

    /** Whether it is a graph of OpenVINO's. */
    public boolean isIr() {
        return graph.endsWith(IrGraph.GRAPH);
    }

    /** The bytes of the graph, and of the files beside it in which its weights lie. */
    public long weightBytes() {
        long bytes = 0;
        var name = isIr() ? IrGraph.WEIGHTS : graph.getFileName().toString();
        try (var files = Files.newDirectoryStream(graph.toAbsolutePath().getParent())) {
            for (var file : files) {
                bytes += file.getFileName().toString().startsWith(name) ? Files.size(file) : 0;
            }
        } catch (IOException e) {
            throw unusable("%s cannot be read: %s".formatted(graph, IoReason.of(e, graph)));
        }
        return bytes;
    }

    private static ModelFolder ofHuggingFace(Path folder, JsonNode config) {
        int heads = required(folder, config, "num_attention_heads");
        int width = number(folder, config, "head_dim");
        var ends = allEndTokens(folder, config);
        return new ModelFolder(
                folder,
                graph(folder, config),
                required(folder, config, "max_position_embeddings"),
                number(folder, config, "vocab_size"),
                config.path("num_key_value_heads").isInt() ? number(folder, config, "num_key_value_heads") : heads,
                width > 0 ? width : required(folder, config, "hidden_size") / heads,
                ends);
    }

    /** Those of the configuration, and of that of generating beside it. */
    private static Set<Integer> allEndTokens(Path folder, JsonNode config) {
        var ends = endTokens(config);
        var generation = folder.resolve("generation_config.json");
        if (Files.isRegularFile(generation)) {
            ends.addAll(endTokens(json(generation)));
        }
        return ends;
    }

    private static ModelFolder ofGenerator(Path folder, JsonNode config) {
        var model = config.path("model");
        var decoder = model.path("decoder");
        return new ModelFolder(
                folder,
                named(folder, decoder.path("filename").asString("model.onnx"), GENERATOR),
                required(folder, model, "context_length"),
                number(folder, model, "vocab_size"),
                number(folder, decoder, "num_key_value_heads"),
                number(folder, decoder, "head_size"),
                endTokens(model));
    }

    private static Path graph(Path folder, JsonNode config) {
        var type = config.path("transformers.js_config").path("dtype");
        var graph = type.isString() ? GRAPHS_BY_TYPE.get(type.stringValue()) : null;
        if (graph != null) {
            return named(folder, graph, "config.json");
        }
        return GRAPHS.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(
                        () -> unusable("model folder %s has no graph; expected one of %s".formatted(folder, GRAPHS)));
    }

    private static Path named(Path folder, String graph, String by) {
        var file = folder.resolve(graph).normalize();
        if (!file.startsWith(folder.normalize()) || !Files.isRegularFile(file)) {
            throw unusable("%s is no file in model folder %s; %s names it as the graph".formatted(graph, folder, by));
        }
        return file;
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

    private static int required(Path folder, JsonNode config, String key) {
        int value = number(folder, config, key);
        if (value < 1) {
            throw unusable("the configuration of model folder %s has no %s; expected a number of 1 or more"
                    .formatted(folder, key));
        }
        return value;
    }

    /** A number, 0 where there is none. */
    private static int number(Path folder, JsonNode config, String key) {
        var value = config.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return 0;
        }
        if (!value.canConvertToExactIntegral() || !value.canConvertToInt()) {
            throw unusable("the configuration of model folder %s has %s: %s; expected a whole number of 32 bits"
                    .formatted(folder, key, VisibleText.line(value.toString())));
        }
        return value.intValue();
    }

    private static JsonNode json(Path file) {
        try {
            return Json.parse(RegularFile.text(file, MOST_BYTES));
        } catch (NoSuchFileException e) {
            throw unusable(file + " is missing; expected the model's configuration");
        } catch (IOException | JacksonException e) {
            throw unusable(
                    "%s cannot be read: %s; expected the model's configuration".formatted(file, IoReason.of(e, file)));
        }
    }

    public static NightException unusable(String what) {
        return unusable(what, "Restore the model folder from its source.");
    }

    public static NightException unusable(String what, String mend) {
        return new NightException(ExitCode.UNAVAILABLE, what + ". " + mend);
    }
}
