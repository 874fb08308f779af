package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.disk.FileTree;
import pantheon.night.model.ModelManifest;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.DecoderGraph;
import pantheon.night.model.decoder.DecoderShape;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.tokenizer.TokenizerFiles;
import tools.jackson.databind.JsonNode;

/**
 * Makes a model folder of a GGUF file: graph, weights, tokenizer, configuration, where it comes from, and the manifest.
 *
 * <p>The folder is made beside its place and gets its name once all of it is there. Everybody may read it. The same file
 * makes the same bytes.
 *
 * @param name what the model is to be called
 * @param arithmetic how its graph multiplies
 * @param contextTokens the most tokens of a sequence; 0 for what the file claims
 */
public record ModelImport(Path source, Path target, String name, Arithmetic arithmetic, int contextTokens) {
    private static final String DATA = "model.onnx.data";

    /**
     * Makes the folder.
     *
     * @param replace whether another may be there, which goes once the new one is whole
     * @return its manifest
     * @throws NightException with exit code 65 where the file cannot be taken, or 73 where the folder cannot be made
     */
    public ModelManifest run(boolean replace) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !replace) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s exists already. Name another folder, or add --replace.".formatted(target));
        }
        var half = target.resolveSibling(".%s.%s.new".formatted(target.getFileName(), UUID.randomUUID()));
        try (var file = GgufFile.open(source)) {
            var weights = GgufWeights.of(file).withContext(contextTokens);
            try {
                Files.createDirectory(half);
                var manifest = fill(half, file, weights);
                place(half);
                return manifest;
            } finally {
                FileTree.remove(half);
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be made: %s. Check the folder's owner and its room."
                            .formatted(target, IoReason.of(e, target)),
                    e);
        }
    }

    private ModelManifest fill(Path folder, GgufFile file, GgufWeights weights) throws IOException {
        TokenizerFiles.write(file, folder);
        var graph = DecoderGraph.batched(weights, arithmetic);
        graph.writeData(folder.resolve(DATA));
        Files.write(folder.resolve("model.onnx"), graph.bytes(DATA));
        write(folder.resolve("config.json"), config(weights));
        write(folder.resolve("origin.json"), origin(file));
        var manifest = ModelManifest.write(folder, name, List.of());
        try (var files = Files.list(folder)) {
            for (var each : files.toList()) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-r--r--"));
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return manifest;
    }

    private static void write(Path file, JsonNode json) throws IOException {
        Files.writeString(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    /** As Hugging Face has it. */
    private static JsonNode config(GgufWeights weights) {
        DecoderShape shape = weights.shape();
        var config = Json.object()
                .put("model_type", shape.family().key())
                .put("hidden_size", shape.width())
                .put("num_hidden_layers", shape.layers())
                .put("num_attention_heads", shape.heads())
                .put("num_key_value_heads", shape.kvHeads())
                .put("head_dim", shape.headWidth())
                .put("intermediate_size", shape.feedForward())
                .put("vocab_size", shape.vocabulary())
                .put("rms_norm_eps", (double) shape.epsilon())
                .put("max_position_embeddings", shape.contextTokens())
                .put("hidden_act", "silu");
        config.putArray("architectures").add(shape.family().architecture());
        return config;
    }

    /** What the file says of itself, and which file it is. */
    private JsonNode origin(GgufFile file) throws IOException {
        var origin = Json.object()
                .put("format", 1)
                .put("file", source.getFileName().toString())
                .put("sha256", Sha256.hex(source))
                .put("arithmetic", arithmetic.name().toLowerCase(Locale.ROOT));
        for (var key : List.of("name", "license", "organization", "size_label", "source.url")) {
            file.metadata().text("general." + key).ifPresent(text -> origin.put(key, text));
        }
        return origin;
    }

    private void place(Path half) throws IOException {
        var old = target.resolveSibling(".%s.%s.old".formatted(target.getFileName(), UUID.randomUUID()));
        boolean there = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (there) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        FileTree.remove(old);
    }
}
