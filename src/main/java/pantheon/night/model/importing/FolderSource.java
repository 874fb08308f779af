package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.safetensors.SafetensorsFolder;
import tools.jackson.databind.node.ObjectNode;

/** A Hugging Face folder with weights in safetensors files. */
record FolderSource(
        Path folder, FolderConfig config, SafetensorsFolder files, FolderWeights weights, Arithmetic arithmetic)
        implements ModelSource {
    /** How positions are turned, in any of the ways in which it is written. */
    private static final List<String> ROTARY = List.of("rope_theta", "rope_scaling", "rope_parameters");

    static FolderSource open(Path folder, Arithmetic arithmetic, int contextTokens) {
        var config = FolderConfig.of(folder.resolve("config.json"));
        var files = SafetensorsFolder.open(folder);
        try {
            return new FolderSource(folder, config, files, FolderWeights.of(files, config, contextTokens), arithmetic);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    @Override
    public void write(Path target) throws IOException {
        new FolderTokenizer(folder).copy(target, weights.shape().vocabulary());
        FolderPapers.copy(folder, target);
        DecoderFiles.writeGraph(weights, arithmetic, target);
        var written = DecoderFiles.config(weights.shape());
        for (var key : ROTARY) {
            if (config.has(key)) {
                written.set(key, config.json().get(key));
            }
        }
        if (config.has("eos_token_id")) {
            written.set("eos_token_id", config.json().get("eos_token_id"));
        }
        DecoderFiles.write(target.resolve("config.json"), written);
    }

    @Override
    public ObjectNode origin() throws IOException {
        var origin = FolderPapers.origin(folder, files.files());
        origin.put("arithmetic", arithmetic.name().toLowerCase(Locale.ROOT));
        origin.setAll(FolderPapers.describe(folder));
        return origin;
    }

    @Override
    public void close() {
        files.close();
    }
}
