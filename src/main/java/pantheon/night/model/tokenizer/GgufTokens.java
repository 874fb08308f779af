package pantheon.night.model.tokenizer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.VisibleText;
import pantheon.night.contract.Json;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufMetadata;

/**
 * The tokenizer that a GGUF file holds: its tokens with their types, and the merges, each two tokens with a space between.
 *
 * @param tokens id → text in byte-level BPE's alphabet, empty for an id that stands for nothing
 * @param types id → type, as ggml's {@code docs/gguf.md} numbers them
 */
record GgufTokens(GgufFile file, PreTokenizer rule, List<String> tokens, List<Long> types, List<String> merges) {
    private static final long CONTROL = 3;
    private static final long USER_DEFINED = 4;
    private static final long UNUSED = 5;
    private static final String KEY = "tokenizer.ggml.";
    private static final String SERVER =
            "Take the model's Hugging Face folder, which has its own tokenizer.json, or run the file in llama.cpp's server.";

    /**
     * Reads them.
     *
     * @throws NightException with exit code 65 where they are none of byte-level BPE, are cut by an unknown rule, or
     *     contradict one another
     */
    static GgufTokens of(GgufFile file) {
        var metadata = file.metadata();
        requireByteLevel(file, metadata);
        var rule = rule(file, metadata);
        var tokens = metadata.texts(KEY + "tokens");
        var types = metadata.wholes(KEY + "token_type");
        var merges = metadata.texts(KEY + "merges");
        if (tokens.isEmpty() || types.size() != tokens.size() || merges.isEmpty()) {
            throw unusable(
                    file,
                    "has %d tokens, %d types of tokens and %d merges"
                            .formatted(tokens.size(), types.size(), merges.size()),
                    "Get the file from its source again.");
        }
        var named = named(tokens, types);
        requireDistinct(file, named);
        return new GgufTokens(file, rule, named, types, merges);
    }

    private static void requireByteLevel(GgufFile file, GgufMetadata metadata) {
        var model = metadata.text(KEY + "model").orElse("none");
        if (!model.equals("gpt2")) {
            throw unusable(
                    file,
                    "is of kind %s; only byte-level BPE (gpt2) can be used, as SmolLM2, Llama 3 and Qwen have it"
                            .formatted(VisibleText.line(model)),
                    "Run the file in llama.cpp's server, or take another model.");
        }
        for (var changing : List.of("add_space_prefix", "normalizer.lowercase", "normalizer.strip_accents")) {
            if (metadata.flag(KEY + changing).orElse(false)) {
                throw unusable(file, "changes texts (%s)".formatted(KEY + changing), SERVER);
            }
        }
    }

    private static PreTokenizer rule(GgufFile file, GgufMetadata metadata) {
        var name = metadata.text(KEY + "pre").orElse("");
        if (name.isEmpty() || name.equals("default")) {
            throw unusable(
                    file,
                    "does not say how it cuts texts (%spre)".formatted(KEY),
                    "Convert the model again with a llama.cpp of today. " + SERVER);
        }
        return PreTokenizer.of(name)
                .orElseThrow(() -> unusable(
                        file,
                        "cuts texts by the rule %s, which is not among those that are known: %s"
                                .formatted(VisibleText.line(name), String.join(", ", PreTokenizer.names())),
                        SERVER));
    }

    /** Converters fill up to the width of the logits with {@code [PAD<id>]}, as unused or, early ones, as user's tokens. */
    private static List<String> named(List<String> tokens, List<Long> types) {
        var named = new ArrayList<String>();
        for (int id = 0; id < tokens.size(); id++) {
            boolean filler = types.get(id) == UNUSED || tokens.get(id).equals("[PAD" + id + "]");
            named.add(filler ? "" : tokens.get(id));
        }
        return List.copyOf(named);
    }

    private static void requireDistinct(GgufFile file, List<String> tokens) {
        var ids = new HashMap<String, Integer>();
        for (int id = 0; id < tokens.size(); id++) {
            var other = tokens.get(id).isEmpty() ? null : ids.put(tokens.get(id), id);
            if (other != null) {
                throw unusable(
                        file,
                        "has %s twice, as token %d and %d".formatted(Json.quote(tokens.get(id)), other, id),
                        "Get the file from its source again.");
            }
        }
    }

    /** Whether a token is found as a whole before a text is cut. */
    boolean isAdded(int id) {
        return !tokens.get(id).isEmpty() && (types.get(id) == CONTROL || types.get(id) == USER_DEFINED);
    }

    boolean isSpecial(int id) {
        return types.get(id) == CONTROL;
    }

    /** The id that some metadata name, such as {@code eos_token_id}; empty where they name none. */
    Optional<Integer> id(String key) {
        var id = file.metadata().whole(KEY + key);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (id.getAsLong() < 0 || id.getAsLong() >= tokens.size()) {
            throw unusable(
                    file,
                    "names %d as its %s, and has %d tokens".formatted(id.getAsLong(), key, tokens.size()),
                    "Get the file from its source again.");
        }
        return Optional.of((int) id.getAsLong());
    }

    /** The ids that end a turn, by what they are called: end of text, of turn, of message. */
    List<Integer> ends() {
        return List.of("eos_token_id", "eot_token_id", "eom_token_id").stream()
                .flatMap(key -> id(key).stream())
                .distinct()
                .toList();
    }

    /** What each special use of a token is called in Hugging Face's settings → its text. */
    Map<String, Optional<String>> uses() {
        return Map.of(
                "bos_token", text("bos_token_id"),
                "eos_token", text("eos_token_id"),
                "pad_token", text("padding_token_id"),
                "unk_token", text("unknown_token_id"));
    }

    private Optional<String> text(String key) {
        return id(key).map(tokens::get).filter(text -> !text.isEmpty());
    }

    boolean addsBeginning() {
        return file.metadata().flag(KEY + "add_bos_token").orElse(false);
    }

    /** The model's chat template; of several the one that shows tools. */
    Optional<String> template() {
        var template = file.metadata().text("tokenizer.chat_template.tool_use");
        return template.isPresent() ? template : file.metadata().text("tokenizer.chat_template");
    }

    private static NightException unusable(GgufFile file, String what, String mend) {
        return new NightException(
                ExitCode.DATA, "%s cannot be imported: its tokenizer %s. %s".formatted(file.path(), what, mend));
    }
}
