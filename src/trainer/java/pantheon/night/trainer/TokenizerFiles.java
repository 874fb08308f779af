package pantheon.night.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes a byte-level BPE as the two files that Hugging Face's tokenizers read. */
final class TokenizerFiles {
    static final String TOKENIZER = "tokenizer.json";
    static final String CONFIGURATION = "tokenizer_config.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TokenizerFiles() {}

    /** Token ids by text: the bytes, the merges in order, the control tokens. Control tokens stand as they are. */
    static Map<String, Integer> vocabulary(List<BpeTrainer.Merge> merges) {
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int value = 0; value < 256; value++) {
            ids.put(Character.toString(ByteAlphabet.character(value)), ids.size());
        }
        merges.forEach(merge -> ids.putIfAbsent(merge.joined(), ids.size()));
        return ids;
    }

    /** Writes both files into a directory. */
    static void write(Path directory, List<BpeTrainer.Merge> merges, int maxPositions) throws IOException {
        Map<String, Integer> vocabulary = vocabulary(merges);
        Files.writeString(directory.resolve(TOKENIZER), JSON.writeValueAsString(tokenizer(vocabulary, merges)) + "\n");
        Files.writeString(
                directory.resolve(CONFIGURATION),
                JSON.writeValueAsString(configuration(vocabulary.size(), maxPositions)) + "\n");
    }

    /** Takes both files over from a model folder. */
    static void copy(Path from, Path directory) throws IOException {
        for (String name : List.of(TOKENIZER, CONFIGURATION)) {
            Files.copy(from.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Map<String, Object> tokenizer(Map<String, Integer> vocabulary, List<BpeTrainer.Merge> merges) {
        Map<String, Object> byteLevel =
                ordered("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", false, "use_regex", false);
        Map<String, Object> split = ordered(
                "type",
                "Split",
                "pattern",
                Map.of("Regex", PreTokenizer.EXPRESSION),
                "behavior",
                "Isolated",
                "invert",
                false);
        Map<String, Object> model = ordered(
                "type",
                "BPE",
                "dropout",
                null,
                "unk_token",
                null,
                "continuing_subword_prefix",
                "",
                "end_of_word_suffix",
                "",
                "fuse_unk",
                false,
                "byte_fallback",
                false,
                "ignore_merges",
                false,
                "vocab",
                vocabulary,
                "merges",
                merges.stream().map(merge -> merge.left() + " " + merge.right()).toList());
        List<Map<String, Object>> added = new ArrayList<>();
        for (ControlToken token : ControlToken.all()) {
            Map<String, Object> entry = ordered("id", vocabulary.size() + added.size());
            entry.putAll(flags(token));
            added.add(entry);
        }
        return ordered(
                "version",
                "1.0",
                "truncation",
                null,
                "padding",
                null,
                "added_tokens",
                added,
                "normalizer",
                null,
                "pre_tokenizer",
                ordered("type", "Sequence", "pretokenizers", List.of(split, byteLevel)),
                "post_processor",
                null,
                "decoder",
                byteLevel,
                "model",
                model);
    }

    private static Map<String, Object> configuration(int firstControl, int maxPositions) {
        Map<String, Object> decoder = new LinkedHashMap<>();
        for (ControlToken token : ControlToken.all()) {
            decoder.put(Integer.toString(firstControl + decoder.size()), flags(token));
        }
        return ordered(
                "add_bos_token",
                false,
                "add_prefix_space",
                false,
                "added_tokens_decoder",
                decoder,
                "bos_token",
                null,
                "clean_up_tokenization_spaces",
                false,
                "eos_token",
                ControlToken.TURN_END,
                "errors",
                "replace",
                "model_max_length",
                maxPositions,
                "pad_token",
                ControlToken.END_OF_TEXT,
                "split_special_tokens",
                false,
                "tokenizer_class",
                "Qwen2Tokenizer",
                "unk_token",
                null);
    }

    private static Map<String, Object> flags(ControlToken token) {
        return ordered(
                "content",
                token.text(),
                "single_word",
                false,
                "lstrip",
                false,
                "rstrip",
                false,
                "normalized",
                false,
                "special",
                token.special());
    }

    private static Map<String, Object> ordered(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
