package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.RegularFile;
import pantheon.night.model.MemoryNeed;
import pantheon.night.model.ModelFolder;
import pantheon.night.model.ModelManifest;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.DecoderGraph;
import pantheon.night.model.decoder.RoundedWeights;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufTensor;
import pantheon.night.model.safetensors.SafetensorsFolder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is known of a model before it is loaded: of a GGUF file, or of a folder with weights or a graph. */
public final class ModelFacts {
    private static final int MOST_BYTES = 1 << 26;

    private ModelFacts() {}

    /**
     * The facts, by the names of the result's schema.
     *
     * @throws NightException with exit code 65 where it is a file that is no model known here, or 69 where it is a folder
     *     without a model
     */
    public static ObjectNode of(Path place) {
        try {
            if (Files.isDirectory(place)) {
                return isWeights(place) ? ofWeights(place) : ofFolder(place);
            }
            return ofFile(place);
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.IO,
                    "%s cannot be read: %s. Check its permissions.".formatted(place, IoReason.of(e, place)),
                    e);
        }
    }

    private static ObjectNode ofFile(Path path) throws IOException {
        try (var file = GgufFile.open(path)) {
            var shape = GgufWeights.of(file).shape();
            var tensors = file.tensors().values();
            var facts = Json.object()
                    .put("kind", "gguf")
                    .put("family", shape.family().key())
                    .put(
                            "parameters",
                            tensors.stream().mapToLong(GgufTensor::size).sum());
            var byType = new TreeMap<String, Long>();
            tensors.forEach(tensor -> byType.merge(tensor.type().name(), tensor.size(), Long::sum));
            types(facts, byType);
            var metadata = file.metadata();
            metadata.text("general.name").ifPresent(name -> facts.put("name", name));
            metadata.text("general.license").ifPresent(license -> facts.put("license", license));
            var tokenizer = facts.putObject("tokenizer");
            metadata.text("tokenizer.ggml.model").ifPresent(kind -> tokenizer.put("kind", kind));
            tokenizer.put("entries", shape.vocabulary());
            metadata.text("tokenizer.ggml.pre").ifPresent(name -> tokenizer.put("preTokenizer", name));
            long bytes = tensors.stream().mapToLong(GgufTensor::bytes).sum();
            memory(facts, new MemoryNeed(bytes, shape.kvBytesPerToken(), shape.contextTokens()));
            return facts.put("digest", Sha256.hex(path));
        }
    }

    /** Whether the import would take a folder for its weights. */
    private static boolean isWeights(Path folder) {
        return SafetensorsFolder.isThere(folder) && !OnnxSource.isGenerators(folder);
    }

    private static ObjectNode ofWeights(Path folder) throws IOException {
        var config = FolderConfig.of(folder.resolve("config.json"));
        try (var files = SafetensorsFolder.open(folder)) {
            var weights = FolderWeights.of(files, config, 0);
            var shape = weights.shape();
            var byType = new TreeMap<String, Long>();
            for (var held : files.tensors().values()) {
                byType.merge(
                        held.tensor().type().name(),
                        held.tensor().rows() * held.tensor().columns(),
                        Long::sum);
            }
            var facts = Json.object()
                    .put("kind", "weights")
                    .put("family", shape.family().key())
                    .put(
                            "parameters",
                            byType.values().stream().mapToLong(count -> count).sum());
            types(facts, byType);
            text(facts, "license", FolderPapers.describe(folder).path("license"));
            var tokenizer = facts.putObject("tokenizer").put("entries", shape.vocabulary());
            text(
                    tokenizer,
                    "kind",
                    json(folder.resolve("tokenizer.json")).path("model").path("type"));
            long bytes = DecoderGraph.batched(new RoundedWeights(weights), Arithmetic.FAST)
                    .dataBytes();
            memory(facts, new MemoryNeed(bytes, shape.kvBytesPerToken(), shape.contextTokens()));
            return facts;
        }
    }

    private static void types(ObjectNode facts, Map<String, Long> byType) {
        var types = facts.putObject("types");
        byType.forEach((type, numbers) ->
                types.put(type, (double) numbers / facts.path("parameters").asLong()));
    }

    private static ObjectNode ofFolder(Path folder) throws IOException {
        var model = ModelFolder.of(folder);
        var config = json(folder.resolve("genai_config.json")).path("model");
        var plain = json(folder.resolve("config.json"));
        var origin = json(folder.resolve("origin.json"));
        var facts = Json.object().put("kind", "folder");
        text(facts, "family", plain.path("model_type"));
        text(facts, "family", config.path("type"));
        text(facts, "name", origin.path("name"));
        text(facts, "license", origin.path("license"));
        text(facts, "origin", origin.path("folder"));
        text(facts, "origin", origin.path("file"));
        text(facts, "precision", origin.path("arithmetic"));
        var tokenizer = facts.putObject("tokenizer").put("entries", model.vocabulary());
        text(tokenizer, "kind", json(model.tokenizer()).path("model").path("type"));
        int layers = plain.path("num_hidden_layers")
                .asInt(config.path("decoder").path("num_hidden_layers").asInt(0));
        long token = 2L * layers * model.kvHeads() * model.headWidth() * Float.BYTES;
        if (model.isIr()) {
            var graph = IrSource.graph(folder);
            facts.put("attention", graph.isPageable() ? "paged" : "alone");
            memory(facts, MemoryNeed.ofOpenVino(graph.computedBytes(true), token, model.contextTokens()));
            facts.put("weightBytes", model.weightBytes());
        } else {
            memory(facts, new MemoryNeed(model.weightBytes(), token, model.contextTokens()));
        }
        ModelManifest.peek(folder)
                .ifPresent(manifest -> facts.put("name", manifest.name()).put("digest", manifest.digest()));
        return facts;
    }

    private static void text(ObjectNode facts, String name, JsonNode value) {
        if (value.isString()) {
            facts.put(name, value.stringValue());
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return Files.isRegularFile(file) ? Json.parse(RegularFile.text(file, MOST_BYTES)) : Json.object();
    }

    /** Of keys and values nothing is said where the configuration does not count their heads or layers. */
    private static void memory(ObjectNode facts, MemoryNeed need) {
        facts.put("weightBytes", need.weightBytes()).put("contextTokens", need.contextTokens());
        if (need.tokenBytes() > 0) {
            var memory = facts.put("kvBytesPerToken", need.tokenBytes()).putObject("memoryBytes");
            for (int slots = 1; slots <= 16; slots *= 2) {
                memory.put(String.valueOf(slots), need.bytes(slots));
            }
        }
    }
}
