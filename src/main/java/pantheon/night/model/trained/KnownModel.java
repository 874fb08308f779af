package pantheon.night.model.trained;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.disk.RegularFile;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.model.Tokenizer;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.tokenizer.TokenizerFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What of a model is compared: how it turns positions, and its tokenizer. */
record KnownModel(Path path, RotarySettings rotary, Tokenizer tokenizer) implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 28;

    /**
     * Reads a Hugging Face folder or a GGUF file.
     *
     * @throws NightException with exit code 65 where it is neither
     */
    static KnownModel of(Path path) {
        return Files.isDirectory(path) ? ofFolder(path) : ofGguf(path);
    }

    private static KnownModel ofFolder(Path folder) {
        if (Files.notExists(folder.resolve("config.json")) && Files.exists(folder.resolve("adapter_config.json"))) {
            throw unusable(
                    folder,
                    "holds an adapter, not a model",
                    "Merge it into its base model (merge_and_unload in peft), save that, and import it.");
        }
        try {
            var rotary = RotarySettings.of(json(folder.resolve("config.json")));
            return new KnownModel(folder, rotary, tokenizer(folder));
        } catch (IllegalArgumentException e) {
            throw unusable(
                    folder.resolve("config.json"),
                    String.valueOf(e.getMessage()),
                    "Write the one that the model was trained with in both places.");
        }
    }

    private static KnownModel ofGguf(Path path) {
        try (var file = GgufFile.open(path)) {
            var folder = Files.createTempDirectory("pantheon-night-tokenizer");
            try {
                TokenizerFiles.write(file, folder);
                return new KnownModel(path, RotarySettings.of(file.metadata()), tokenizer(folder));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw unusable(path, "cannot be read: " + IoReason.of(e, path), "Check the room of the temporary folder.");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Any control token will do as its end: nothing is generated. */
    private static Tokenizer tokenizer(Path folder) {
        var file = folder.resolve("tokenizer.json");
        try {
            return Tokenizer.load(file, Vocabulary.of(json(file)).controlTexts());
        } catch (IllegalArgumentException e) {
            throw unusable(file, String.valueOf(e.getMessage()), "Get the folder from its source again.");
        }
    }

    private static JsonNode json(Path file) {
        try {
            return Json.parse(RegularFile.text(file, MOST_BYTES));
        } catch (IOException | JacksonException e) {
            throw unusable(
                    file, "cannot be read: " + IoReason.of(e, file), "Save the model again, with its tokenizer.");
        }
    }

    List<Integer> encoded(String text) {
        return Arrays.stream(tokenizer.encode(text)).boxed().toList();
    }

    static NightException unusable(Path path, String what, String mend) {
        return new NightException(ExitCode.DATA, "%s %s. %s".formatted(path, what, mend));
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
