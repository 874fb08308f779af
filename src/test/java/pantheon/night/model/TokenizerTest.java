package pantheon.night.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import tools.jackson.databind.node.ObjectNode;

/** What the tokenizers of models are like, each in a few tokens. */
final class TokenizerTest {
    private static final List<String> STOPS = List.of("<|eot|>", "<|end|>");

    @TempDir
    private Path folder;

    private static SmallTokenizer small() {
        return new SmallTokenizer().add("<|end|>", true);
    }

    private String refusal(SmallTokenizer tokenizer) {
        return String.valueOf(
                assertThrows(NightException.class, () -> load(tokenizer, 0).close())
                        .getMessage());
    }

    private Tokenizer load(SmallTokenizer tokenizer, int known) throws IOException {
        return Tokenizer.load(tokenizer.write(folder), STOPS, known);
    }

    private static List<Integer> list(int... ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    private static String changed(SmallTokenizer tokenizer, String path, String value) {
        tokenizer.with(json -> {
            int cut = path.lastIndexOf('/');
            json.withObject(path.substring(0, cut)).set(path.substring(cut + 1), Json.parse(value));
        });
        return path;
    }

    @Test
    void a_turn_ends_with_the_first_of_the_formats_texts_that_is_a_token() throws IOException {
        try (var tokenizer = load(small(), 0)) {
            assertEquals(SmallTokenizer.ADDED, tokenizer.turnEnd());
            assertEquals(Set.of(SmallTokenizer.ADDED), tokenizer.stops());
        }
        try (var tokenizer = load(small().add("<|eot|>", true), 0)) {
            assertEquals(SmallTokenizer.ADDED + 1, tokenizer.turnEnd());
            assertEquals(Set.of(SmallTokenizer.ADDED, SmallTokenizer.ADDED + 1), tokenizer.stops());
        }
    }

    @Test
    void special_tokens_and_named_marks_are_control_tokens_and_other_added_ones_are_text() throws IOException {
        var added = small().add("  ", false)
                .add("<tool_call>", false)
                .add("ж", false)
                .add("###", false)
                .add("PAD", true);
        try (var tokenizer = load(added, 0)) {
            assertEquals(List.of("<|end|>", "<tool_call>", "PAD"), tokenizer.controlTexts());
            assertArrayEquals(
                    new int[] {'a', SmallTokenizer.ADDED + 1, SmallTokenizer.ADDED + 3, SmallTokenizer.ADDED + 4},
                    tokenizer.encode("a  ж###"));
            assertEquals("a  ж", tokenizer.decode(list('a', SmallTokenizer.ADDED + 1, SmallTokenizer.ADDED + 3)));
            var trie = tokenizer.vocabulary().trie();
            assertTrue(trie.child(trie.child(0, ' '), ' ') > 0, "text can have it");
            assertTrue(trie.child(0, '<') > 0, "the character itself");
            assertEquals(-1, trie.child(trie.child(0, '<'), 't'), "no text can have a control token");
        }
    }

    @Test
    void two_tokens_may_have_the_same_bytes_and_ids_may_have_gaps() throws IOException {
        var twins = small().add(300, "th", false)
                .with(json -> json.withObject("/model/vocab")
                        .put("<|end|>", SmallTokenizer.ADDED)
                        .put("zz", 299));
        assertTrue(refusal(twins).contains("th is token 300, but it is tokenised as [256]"));
        var gap = small().with(json -> json.withObject("/model/vocab")
                .put("<|end|>", SmallTokenizer.ADDED)
                .put("zz", 299));
        try (var tokenizer = load(gap, 0)) {
            assertEquals(300, tokenizer.size());
            assertEquals("", tokenizer.decode(list(298)));
            assertEquals("zz", tokenizer.decode(list(299)));
            assertArrayEquals(new int[] {'z', 'z'}, tokenizer.encode("zz"));
            var logits = new float[300];
            logits[298] = 9;
            logits[299] = 8;
            assertEquals(299, tokenizer.likeliest(logits), "a gap stands for nothing");
        }
    }

    @Test
    void a_whole_word_is_one_token_without_its_merges_where_the_file_says_so() throws IOException {
        Consumer<ObjectNode> words = json -> json.withObject("/model/vocab")
                .put("<|end|>", SmallTokenizer.ADDED)
                .put("whole", SmallTokenizer.ADDED + 1);
        try (var tokenizer = load(small().with(words), 0)) {
            assertEquals(5, tokenizer.encode("whole").length);
        }
        var whole = small().with(words).with(json -> json.withObject("/model").put("ignore_merges", true));
        try (var tokenizer = load(whole, 0)) {
            assertArrayEquals(new int[] {SmallTokenizer.ADDED + 1}, tokenizer.encode("whole"));
        }
    }

    @Test
    void texts_come_back_in_unicodes_composed_form_where_the_file_normalizes() throws IOException {
        var composed = small();
        changed(composed, "/normalizer/type", "\"NFC\"");
        try (var tokenizer = load(composed, 0)) {
            assertArrayEquals(tokenizer.encode("\u00e9"), tokenizer.encode("e\u0301"));
        }
        try (var tokenizer = load(small(), 0)) {
            assertEquals("e\u0301", tokenizer.decode(list(tokenizer.encode("e\u0301"))));
        }
    }

    @Test
    void a_file_that_cuts_and_pads_texts_does_not_do_so_here() throws IOException {
        var cutting = small().with(json -> {
            json.set("truncation", Json.parse("""
                {"direction": "Right", "max_length": 4, "strategy": "LongestFirst", "stride": 0}"""));
            json.set("padding", Json.parse("""
                {"strategy": {"Fixed": 9}, "direction": "Left", "pad_to_multiple_of": null, "pad_id": 258,
                "pad_type_id": 0, "pad_token": "<|end|>"}"""));
        });
        try (var tokenizer = load(cutting, 0)) {
            assertEquals(100, tokenizer.encode("x".repeat(100)).length);
            assertEquals(1, tokenizer.encode("x").length);
        }
    }

    @Test
    void added_tokens_beyond_what_the_model_knows_are_none() throws IOException {
        var padded = small().add("[PAD]", true);
        try (var tokenizer = load(padded, SmallTokenizer.ADDED + 1)) {
            assertEquals(SmallTokenizer.ADDED + 1, tokenizer.size());
            assertEquals(List.of("<|end|>", "[PAD]"), tokenizer.controlTexts(), "to be escaped in foreign text");
            assertEquals(-1, tokenizer.vocabulary().control("[PAD]"));
            assertEquals(SmallTokenizer.ADDED + 1, tokenizer.vocabulary().trie().size());
            var refused = assertThrows(NightException.class, () -> tokenizer.encode("a[PAD]"));
            assertTrue(String.valueOf(refused.getMessage()).contains("id 259"), refused.getMessage());
        }
        var refused = assertThrows(NightException.class, () -> load(padded, SmallTokenizer.THE));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("has token 257, but the model has 257 tokens"),
                refused.getMessage());
    }

    @Test
    void bytes_without_a_token_are_told() throws IOException {
        var without = small().with(json -> {
            json.withObject("/model/vocab")
                    .put("<|end|>", SmallTokenizer.ADDED)
                    .remove(List.of("\u0113", "\u0102")); // 0x13 and 0x02
        });
        try (var tokenizer = load(without, 0)) {
            assertEquals(List.of(0x02, 0x13), tokenizer.vocabulary().missingBytes());
        }
        try (var tokenizer = load(small(), 0)) {
            assertEquals(List.of(), tokenizer.vocabulary().missingBytes());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/model/byte_fallback | true | SentencePiece",
                "/model/end_of_word_suffix | \"</w>\" | marks where words begin or end",
                "/model/dropout | 0.1 | by chance",
                "/pre_tokenizer/add_prefix_space | true | a space in front of every text",
                "/pre_tokenizer/type | \"Whitespace\" | its pre-tokenizer has no part of type ByteLevel",
                "/normalizer/type | \"Lowercase\" | its normalizer changes texts"
            })
    void what_is_no_byte_level_bpe_is_refused_by_its_reason(String path, String value, String reason) {
        var tokenizer = small();
        changed(tokenizer, path, value);
        var refusal = refusal(tokenizer);
        assertTrue(refusal.contains("is no byte-level BPE tokenizer") && refusal.contains(reason), refusal);
        assertTrue(refusal.contains("SmolLM2, Llama 3 or Qwen"), refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/model/vocab/zz | 257 | gives id 257 to the and to zz",
                "/model/vocab/zz | 4194304 | gives zz the id 4194304; expected a number from 0 to 4194303",
                "/model/vocab/the | 300 | says that <|end|> is token 258"
            })
    void a_file_that_contradicts_itself_is_refused(String path, String value, String reason) {
        var tokenizer = small();
        if (value.equals("300")) {
            tokenizer.with(
                    json -> json.withObject("/model/vocab").put("zz", 299).put("yy", 298));
        }
        changed(tokenizer, path, value);
        var refusal = refusal(tokenizer);
        assertTrue(refusal.contains(reason), refusal);
    }
}
