package pantheon.night.model.tokenizer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.TreeMap;
import pantheon.night.ExitCode;
import pantheon.night.IoReason;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.model.gguf.GgufFile;
import tools.jackson.core.JsonGenerator;

/** Writes the tokenizer of a GGUF file as a Hugging Face folder has it. */
public final class TokenizerFiles {
    private TokenizerFiles() {}

    /**
     * Writes {@code tokenizer.json}, {@code tokenizer_config.json}, {@code generation_config.json} with the ids that end a
     * turn, and {@code chat_template.jinja} where the file has a template. None of them may be there.
     *
     * @throws NightException with exit code 65 where the file's tokenizer cannot be used, or 73 where nothing can be written
     */
    public static void write(GgufFile file, Path folder) {
        var tokens = GgufTokens.of(file);
        try {
            writeTokenizer(tokens, folder.resolve("tokenizer.json"));
            create(folder.resolve("tokenizer_config.json"), settings(tokens));
            create(folder.resolve("generation_config.json"), generation(tokens));
            var template = tokens.template();
            if (template.isPresent()) {
                create(folder.resolve("chat_template.jinja"), template.get());
            }
        } catch (IOException e) {
            throw new NightException(
                    ExitCode.CANT_CREATE,
                    "the tokenizer's files cannot be written into %s: %s. Check the folder's owner and its room."
                            .formatted(folder, IoReason.of(e, folder)),
                    e);
        }
    }

    private static void create(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }

    private static String settings(GgufTokens tokens) {
        var settings = Json.object()
                .put("tokenizer_class", "PreTrainedTokenizerFast")
                .put("add_bos_token", tokens.addsBeginning())
                .put("add_prefix_space", false)
                .put("clean_up_tokenization_spaces", false);
        new TreeMap<>(tokens.uses()).forEach((use, text) -> settings.put(use, text.orElse(null)));
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(settings) + "\n";
    }

    private static String generation(GgufTokens tokens) {
        var settings = Json.object();
        tokens.id("bos_token_id").ifPresent(id -> settings.put("bos_token_id", id));
        tokens.ends().forEach(settings.putArray("eos_token_id")::add);
        return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(settings) + "\n";
    }

    /** A piece after the other, since a vocabulary and its merges are half a million texts. */
    private static void writeTokenizer(GgufTokens tokens, Path file) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
                var json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("version", "1.0");
            json.writeNullProperty("truncation");
            json.writeNullProperty("padding");
            writeAdded(tokens, json);
            json.writePOJOProperty("normalizer", tokens.rule().normalizer());
            json.writePOJOProperty("pre_tokenizer", tokens.rule().json());
            json.writeNullProperty("post_processor");
            json.writePOJOProperty("decoder", decoder());
            writeModel(tokens, json);
            json.writeEndObject();
        }
    }

    private static Object decoder() {
        return Json.object()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private static void writeAdded(GgufTokens tokens, JsonGenerator json) {
        json.writeArrayPropertyStart("added_tokens");
        for (int id = 0; id < tokens.tokens().size(); id++) {
            if (tokens.isAdded(id)) {
                json.writePOJO(Json.object()
                        .put("id", id)
                        .put("content", tokens.tokens().get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", tokens.isSpecial(id)));
            }
        }
        json.writeEndArray();
    }

    private static void writeModel(GgufTokens tokens, JsonGenerator json) {
        json.writeObjectPropertyStart("model");
        json.writeStringProperty("type", "BPE");
        json.writeNullProperty("unk_token");
        json.writeBooleanProperty("fuse_unk", false);
        json.writeBooleanProperty("byte_fallback", false);
        json.writeBooleanProperty("ignore_merges", tokens.rule().wholeWords());
        writeVocabulary(tokens, json);
        writeMerges(tokens, json);
        json.writeEndObject();
    }

    /** Added tokens too: the library gives those that are not here other ids where the ids have gaps. */
    private static void writeVocabulary(GgufTokens tokens, JsonGenerator json) {
        json.writeObjectPropertyStart("vocab");
        for (int id = 0; id < tokens.tokens().size(); id++) {
            if (!tokens.tokens().get(id).isEmpty()) {
                json.writeNumberProperty(tokens.tokens().get(id), id);
            }
        }
        json.writeEndObject();
    }

    private static void writeMerges(GgufTokens tokens, JsonGenerator json) {
        json.writeArrayPropertyStart("merges");
        for (var merge : tokens.merges()) {
            int space = Math.max(merge.indexOf(' ', 1), 0);
            json.writeStartArray();
            json.writeString(merge.substring(0, space));
            json.writeString(merge.substring(Math.min(space + 1, merge.length())));
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
