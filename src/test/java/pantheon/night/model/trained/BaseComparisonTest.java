package pantheon.night.model.trained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.model.SmallTokenizer;
import pantheon.night.model.gguf.GgufWriter;

/** Configurations in the shapes that trainers write, beside a base. */
final class BaseComparisonTest {
    /** As transformers 5 writes them, and as those before. */
    private static final String NEWER = "'rope_parameters': {'rope_theta': 100000.0, 'rope_type': 'default'}";

    private static final String OLDER = "'rope_theta': 100000, 'rope_scaling': null";

    @TempDir
    private Path parent;

    private Path model(String name, String config, SmallTokenizer tokenizer) throws IOException {
        var folder = Files.createDirectory(parent.resolve(name));
        Files.writeString(folder.resolve("config.json"), "{%s}".formatted(config.replace('\'', '"')));
        tokenizer.write(folder);
        return folder;
    }

    private static SmallTokenizer small() {
        return new SmallTokenizer().add("<|end|>", true);
    }

    private static String refusal(Path trained, Path base) {
        var refused = assertThrows(NightException.class, () -> BaseComparison.requireAlike(trained, base));
        assertEquals(ExitCode.DATA, refused.exitCode());
        return String.valueOf(refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                NEWER + "|" + OLDER,
                OLDER + "|" + NEWER,
                NEWER + ", 'rope_theta': 100000.0|" + OLDER,
                "'hidden_size': 64|'rope_theta': 10000.0",
                "'rope_parameters': {'rope_theta': 1e5, 'rope_type': 'yarn', 'factor': 4.0}|'rope_theta': 100000, 'rope_scaling': {'type': 'yarn', 'factor': 4}"
            })
    void the_rotary_base_is_read_where_either_writes_it(String trained, String base) throws IOException {
        assertEquals(List.of(), BaseComparison.requireAlike(model("t", trained, small()), model("b", base, small())));
    }

    @Test
    void another_rotary_base_is_told_with_both() throws IOException {
        var refusal = refusal(model("t", "'hidden_size': 64", small()), model("b", NEWER, small()));
        assertTrue(refusal.contains("its rope_theta is 10000, the base's 100000"), refusal);
        assertTrue(refusal.contains("without a comparison"), refusal);
    }

    @Test
    void two_rotary_bases_in_one_file_are_told() throws IOException {
        var refusal = refusal(model("t", NEWER + ", 'rope_theta': 10000.0", small()), model("b", NEWER, small()));
        assertTrue(refusal.contains("has a rope_theta of 10000 at the top, and of 100000 in rope_parameters"), refusal);
    }

    @Test
    void positions_that_are_stretched_otherwise_are_told() throws IOException {
        var stretched = "'rope_theta': 100000, 'rope_scaling': {'rope_type': 'linear', 'factor': 2.0}";
        var refusal = refusal(model("t", NEWER, small()), model("b", stretched, small()));
        assertTrue(refusal.contains("stretched by nothing, the base's by {"), refusal);
    }

    @Test
    void another_pre_tokenizer_is_told_with_the_ids_that_it_makes() throws IOException {
        var other = small().with(json -> json.set("pre_tokenizer", Json.parse("""
            {"type": "Sequence", "pretokenizers": [
              {"type": "Split", "pattern": {"Regex": "h"}, "behavior": "Isolated", "invert": false},
              {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": false}]}""")));
        var refusal = refusal(model("t", NEWER, other), model("b", NEWER, small()));
        assertTrue(refusal.contains("texts have other tokens"), refusal);
        assertTrue(refusal.contains("32, 116, 104, 101, 121, 39") && refusal.contains("32, 257, 121, 39"), refusal);
    }

    @Test
    void tokens_that_were_added_are_told_and_others_refused() throws IOException {
        var base = model("b", NEWER, small());
        var told = BaseComparison.requireAlike(model("t", NEWER, small().add("<|pad|>", true)), base);
        assertEquals(List.of("it has tokens that its base has not: \"<|pad|>\""), told);
        var other = model("o", NEWER, new SmallTokenizer().add("<|stop|>", true));
        assertTrue(refusal(other, base)
                .contains("1 token of its vocabulary differ, the first is 258: \"<|stop|>\", the base's \"<|end|>\""));
        assertTrue(refusal(base, parent.resolve("t")).contains("it has 259 tokens, its base 260"));
    }

    @Test
    void an_adapter_is_no_model() throws IOException {
        var adapter = Files.createDirectory(parent.resolve("adapter"));
        Files.writeString(adapter.resolve("adapter_config.json"), "{}");
        var refusal = refusal(adapter, model("b", NEWER, small()));
        assertTrue(refusal.contains("holds an adapter, not a model. Merge it"), refusal);
    }

    @Test
    void a_base_may_be_a_gguf_file() throws IOException {
        var names = new ArrayList<String>();
        var json = small().with(all -> all.set("pre_tokenizer", Json.parse("""
            {"type": "Sequence", "pretokenizers": [{"type": "Digits", "individual_digits": true},
              {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": true}]}""")));
        var ids = new TreeMap<Integer, String>();
        json.json()
                .path("model")
                .path("vocab")
                .properties()
                .forEach(token -> ids.put(token.getValue().intValue(), token.getKey()));
        names.addAll(ids.values());
        names.add("<|end|>");
        var types = new ArrayList<>(Collections.nCopies(names.size(), 1));
        types.set(SmallTokenizer.ADDED, 3);
        var base = new GgufWriter()
                .text("general.architecture", "llama")
                .float32("llama.rope.freq_base", 100_000)
                .text("tokenizer.ggml.model", "gpt2")
                .text("tokenizer.ggml.pre", "smollm")
                .texts("tokenizer.ggml.tokens", names)
                .int32s("tokenizer.ggml.token_type", types)
                .texts("tokenizer.ggml.merges", List.of("t h", "th e"))
                .write(parent.resolve("base.gguf"));
        assertEquals(List.of(), BaseComparison.requireAlike(model("t", NEWER, json), base));
        assertFalse(refusal(model("o", "'rope_theta': 1e6", json), base).contains("other tokens"));
    }
}
