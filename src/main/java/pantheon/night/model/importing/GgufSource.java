package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.tokenizer.TokenizerFiles;
import pantheon.night.model.trained.RotarySettings;
import tools.jackson.databind.node.ObjectNode;

/** A GGUF file, which holds all of a model. */
record GgufSource(GgufFile file, GgufWeights weights, Arithmetic arithmetic) implements ModelSource {
    static GgufSource open(Path path, Arithmetic arithmetic, int contextTokens) {
        var file = GgufFile.open(path);
        try {
            return new GgufSource(file, GgufWeights.of(file).withContext(contextTokens), arithmetic);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void write(Path folder) throws IOException {
        TokenizerFiles.write(file, folder);
        DecoderFiles.writeGraph(weights, arithmetic, folder);
        var theta = RotarySettings.of(file.metadata()).theta();
        DecoderFiles.write(
                folder.resolve("config.json"),
                DecoderFiles.config(weights.shape()).put("rope_theta", theta));
    }

    @Override
    public ObjectNode origin() throws IOException {
        var origin = Json.object()
                .put("file", String.valueOf(file.path().getFileName()))
                .put("sha256", Sha256.hex(file.path()))
                .put("arithmetic", arithmetic.name().toLowerCase(Locale.ROOT));
        for (var key : List.of("name", "license", "organization", "size_label", "source.url")) {
            file.metadata().text("general." + key).ifPresent(text -> origin.put(key, text));
        }
        return origin;
    }

    @Override
    public void close() {
        file.close();
    }
}
