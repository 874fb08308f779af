package pantheon.night.model.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.decoder.DecoderWeights;
import pantheon.night.model.safetensors.SafetensorsFolder;

/** The weights that a model folder was made of, open to be read again. */
public final class SourceModel implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 24;

    private final ModelSource source;
    private final DecoderWeights weights;
    private final Arithmetic arithmetic;

    private SourceModel(ModelSource source, Arithmetic arithmetic) {
        this.source = source;
        this.arithmetic = arithmetic;
        weights = weights(source);
    }

    /**
     * Opens a GGUF file or a folder with safetensors.
     *
     * @param made the folder that was made of it, as its {@code origin.json} says by SHA-256
     * @throws NightException with exit code 65 where the source is another, or cannot be read
     */
    public static SourceModel of(Path source, Path made) {
        try {
            var origin = Json.parse(RegularFile.text(made.resolve("origin.json"), MOST_BYTES));
            var arithmetic =
                    origin.path("arithmetic").asString("").equals("exact") ? Arithmetic.EXACT : Arithmetic.FAST;
            var model = open(source, arithmetic);
            try {
                var now = model.origin();
                for (var key : List.of("sha256", "files")) {
                    if (!now.path(key).equals(origin.path(key))) {
                        throw Foreign.unknown(
                                source,
                                "its %s are not those that %s was made of".formatted(key, made),
                                "Name the file or folder that it was imported from.");
                    }
                }
                return new SourceModel(model, arithmetic);
            } catch (RuntimeException | IOException e) {
                model.close();
                throw e;
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.DATA,
                    "%s cannot be compared with %s: %s. Name a folder that model import made, and what it made it of."
                            .formatted(made, source, IoReason.of(e, made)),
                    e);
        }
    }

    private static ModelSource open(Path source, Arithmetic arithmetic) {
        if (!Files.isDirectory(source)) {
            return GgufSource.open(source, arithmetic, 0);
        }
        if (SafetensorsFolder.isThere(source)) {
            return FolderSource.open(source, arithmetic, 0);
        }
        throw Foreign.unknown(
                source,
                "it has no weights that can be computed apart from its graph",
                "Name a GGUF file, or a folder with safetensors.");
    }

    private static DecoderWeights weights(ModelSource model) {
        return switch (model) {
            case GgufSource gguf -> gguf.weights();
            case FolderSource folder -> folder.weights();
            case OnnxSource graph -> throw new IllegalStateException("a graph is not opened here: " + graph);
            case IrSource graph -> throw new IllegalStateException("a graph is not opened here: " + graph);
        };
    }

    public DecoderWeights weights() {
        return weights;
    }

    /** How the folder's graph multiplies. */
    public Arithmetic arithmetic() {
        return arithmetic;
    }

    @Override
    public void close() {
        source.close();
    }
}
