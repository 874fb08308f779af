package pantheon.night.model.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.FileTree;
import pantheon.night.model.ModelManifest;
import pantheon.night.model.Tokenizer;
import pantheon.night.model.decoder.Arithmetic;
import pantheon.night.model.safetensors.SafetensorsFolder;

/**
 * Makes a model folder of a GGUF file or of a folder from elsewhere: graph, weights, tokenizer, configuration, where it
 * comes from, and the manifest. A folder that has weights and graphs is taken for its weights, unless it is that of ONNX
 * Runtime's generator.
 *
 * <p>The folder is made beside its place and gets its name once all of it is there. Everybody may read it. The same source
 * makes the same bytes.
 *
 * @param name what the model is to be called
 * @param arithmetic how its graph multiplies
 * @param contextTokens the most tokens of a sequence; 0 for what the model claims
 * @param trial of a graph that others made
 */
public record ModelImport(
        Path source, Path target, String name, Arithmetic arithmetic, int contextTokens, Trial trial) {
    private static final List<String> PARTS = List.of(".safetensors", ".onnx", ".json", ".xml", ".bin");

    /** Lets a graph compute before it is taken. */
    @FunctionalInterface
    public interface Trial {
        /**
         * Tries a folder's graph out.
         *
         * @throws NightException with exit code 69 where it cannot be run
         */
        void run(Path folder, Tokenizer tokenizer);
    }

    /**
     * Makes the folder.
     *
     * @param replace whether another may be there, which goes once the new one is whole
     * @return its manifest
     * @throws NightException with exit code 65 where the model cannot be taken, or 73 where the folder cannot be made
     */
    public ModelManifest run(boolean replace) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !replace) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s exists already. Name another folder, or add --replace.".formatted(target));
        }
        try (var model = open()) {
            return make(model);
        } catch (IOException | UncheckedIOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "%s cannot be made: %s. Check the folder's owner and its room."
                            .formatted(target, IoReason.of(e, target)),
                    e);
        }
    }

    private ModelSource open() {
        if (!Files.isDirectory(source)) {
            requireNoPart();
            return GgufSource.open(source, arithmetic, contextTokens);
        }
        if (OnnxSource.isGenerators(source)) {
            return OnnxSource.open(source, arithmetic, contextTokens, trial);
        }
        if (SafetensorsFolder.isThere(source)) {
            return FolderSource.open(source, arithmetic, contextTokens);
        }
        if (IrSource.isThere(source)) {
            return IrSource.open(source, arithmetic, contextTokens);
        }
        if (OnnxSource.isThere(source)) {
            return OnnxSource.open(source, arithmetic, contextTokens, trial);
        }
        throw unknownFolder();
    }

    /** A file that is one of several is told as that, not as a broken GGUF file. */
    private void requireNoPart() {
        var file = String.valueOf(source.getFileName());
        if (PARTS.stream().anyMatch(file::endsWith)) {
            throw Foreign.unknown(source, "it is one of the files of a model", "Name the folder that it is in.");
        }
    }

    private NightException unknownFolder() {
        var mend = """
                Name a folder with config.json, tokenizer.json and model.safetensors, as save_pretrained of transformers writes it, or with a graph in ONNX or of OpenVINO.""";
        if (Files.exists(source.resolve("adapter_config.json"))) {
            return Foreign.unknown(
                    source,
                    "it holds an adapter, not a model",
                    "Merge it into its base model (merge_and_unload in peft), save that, and import it.");
        }
        boolean pickled = Files.exists(source.resolve("pytorch_model.bin"))
                || Files.exists(source.resolve("pytorch_model.bin.index.json"));
        return Foreign.unknown(
                source,
                pickled
                        ? "its weights are in pytorch_model.bin, which can run code"
                        : "it has no weights that are known",
                mend);
    }

    private ModelManifest make(ModelSource model) throws IOException {
        var half = target.resolveSibling(".%s.%s.new".formatted(target.getFileName(), UUID.randomUUID()));
        try {
            Files.createDirectory(half);
            model.write(half);
            var origin = Json.object().put("format", 1);
            origin.setAll(model.origin());
            DecoderFiles.write(half.resolve("origin.json"), origin);
            var manifest = ModelManifest.write(half, name, List.of());
            open(half);
            place(half);
            return manifest;
        } finally {
            FileTree.remove(half);
        }
    }

    /** Lets everybody read it. */
    private static void open(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var each : files.toList()) {
                Files.setPosixFilePermissions(
                        each, PosixFilePermissions.fromString(Files.isDirectory(each) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
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
