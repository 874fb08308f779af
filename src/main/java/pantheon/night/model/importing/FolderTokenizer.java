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
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.model.Tokenizer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The tokenizer of a Hugging Face folder, its chat template, and how it generates: small files that are taken as they are. */
record FolderTokenizer(Path folder) {
    private static final String TOKENIZER = "tokenizer.json";
    private static final String TEMPLATE = "chat_template.jinja";
    /** Where there are several templates, the one that shows tools. */
    private static final String TOOLS_TEMPLATE = "additional_chat_templates/tool_use.jinja";

    private static final List<String> BESIDE =
            List.of("tokenizer_config.json", "special_tokens_map.json", "generation_config.json");
    private static final int MOST_BYTES = 1 << 28;

    /**
     * Copies it into a folder that has none.
     *
     * @param vocabulary the tokens that there are logits for; 0 where nothing is said
     * @throws NightException with exit code 65 where there is none, or none that can be used
     */
    void copy(Path target, int vocabulary) throws IOException {
        load(vocabulary).close();
        copy(TOKENIZER, target, TOKENIZER);
        for (var name : BESIDE) {
            copyIfThere(name, target, name);
        }
        copyIfThere(Files.exists(folder.resolve(TOOLS_TEMPLATE)) ? TOOLS_TEMPLATE : TEMPLATE, target, TEMPLATE);
    }

    private void copyIfThere(String from, Path target, String to) throws IOException {
        if (Files.exists(folder.resolve(from))) {
            copy(from, target, to);
        }
    }

    private void copy(String from, Path target, String to) throws IOException {
        RegularFile.require(folder.resolve(from), MOST_BYTES);
        Files.copy(folder.resolve(from), target.resolve(to));
    }

    /**
     * Loads it, with any control token as its end.
     *
     * @param vocabulary as above
     * @throws NightException with exit code 65 where there is none, or none that can be used
     */
    Tokenizer load(int vocabulary) {
        var file = folder.resolve(TOKENIZER);
        if (Files.notExists(file)) {
            throw Foreign.unknown(
                    file,
                    "it is missing",
                    "Load the tokenizer with transformers' AutoTokenizer and save it beside the weights (save_pretrained).");
        }
        try {
            var controls = Vocabulary.of(json(file), vocabulary).controlTexts();
            if (controls.isEmpty()) {
                throw new IllegalArgumentException("has no control token, with which a turn could end");
            }
            return Tokenizer.load(file, controls, vocabulary);
        } catch (IllegalArgumentException e) {
            throw Foreign.unknown(
                    file,
                    "it " + e.getMessage(),
                    "Take a model with a tokenizer like those of SmolLM2, Llama 3 or Qwen.");
        } catch (NightException e) {
            throw new NightException(ExitCode.DATA, String.valueOf(e.getMessage()), e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return Json.parse(RegularFile.text(file, MOST_BYTES));
        } catch (IOException | JacksonException e) {
            throw Foreign.broken(file, "it cannot be read: " + IoReason.of(e, file));
        }
    }
}
