package pantheon.night.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import pantheon.night.contract.Json;
import pantheon.night.grammar.token.ByteAlphabet;
import tools.jackson.databind.node.ObjectNode;

/**
 * A byte-level BPE tokenizer of a few tokens: a byte's id is the byte, then {@code th} and {@code the}, then what is
 * added.
 */
public final class SmallTokenizer {
    public static final int TH = 256;
    public static final int THE = 257;
    /** The first id of an added token. */
    public static final int ADDED = 258;

    private final ObjectNode json;
    private int next;

    public SmallTokenizer() {
        this(List.of("t h", "th e"));
    }

    /** One whose tokens behind the bytes are those of other merges, in their order. */
    public SmallTokenizer(List<String> merges) {
        json = Json.object().put("version", "1.0").putNull("normalizer").putNull("post_processor");
        json.putArray("added_tokens");
        for (var part : new String[] {"pre_tokenizer", "decoder"}) {
            json.putObject(part)
                    .put("type", "ByteLevel")
                    .put("add_prefix_space", false)
                    .put("trim_offsets", false)
                    .put("use_regex", true);
        }
        var model = json.putObject("model").put("type", "BPE");
        var vocabulary = model.putObject("vocab");
        for (int b = 0; b < 256; b++) {
            vocabulary.put(String.valueOf(ByteAlphabet.character(b)), b);
        }
        var merged = model.putArray("merges");
        for (var merge : merges) {
            vocabulary.put(merge.replace(" ", ""), TH + merged.size());
            merged.add(merge);
        }
        next = TH + merges.size();
    }

    /** Adds a token with the next id. */
    public SmallTokenizer add(String text, boolean special) {
        return add(next++, text, special);
    }

    public SmallTokenizer add(int id, String text, boolean special) {
        json.withArray("added_tokens")
                .addObject()
                .put("id", id)
                .put("content", text)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", special);
        return this;
    }

    public SmallTokenizer with(Consumer<ObjectNode> change) {
        change.accept(json);
        return this;
    }

    public ObjectNode json() {
        return json;
    }

    /** Writes {@code tokenizer.json} into a folder. */
    public Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve("tokenizer.json"), Json.MAPPER.writeValueAsString(json));
    }
}
