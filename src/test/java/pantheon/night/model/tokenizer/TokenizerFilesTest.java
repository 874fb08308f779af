package pantheon.night.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.model.SmallTokenizer;
import pantheon.night.model.Tokenizer;
import pantheon.night.model.gguf.GgufFile;
import pantheon.night.model.gguf.GgufWriter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tokenizer of a GGUF file, as a Hugging Face folder has it. */
final class TokenizerFilesTest {
    private static final Path SMOLLM2 = Path.of("target/models/SmolLM2-135M-Instruct.Q4_1.gguf");
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;

    /** Our own texts, with the ids that PyPI's tokenizers 0.23.3 makes of them by SmolLM2's own rules. */
    private static final Map<String, int[]> IDS = Map.of(
            "\n\n1. one\n22. two",
            new int[] {1116, 33, 30, 582, 198, 34, 34, 30, 827},
            "<|im_start|>user\nIt's 2026-11-30.<|im_end|>\n",
            new int[] {1, 4093, 198, 1589, 506, 216, 34, 32, 34, 38, 29, 33, 33, 29, 35, 32, 30, 2, 198},
            "na\u00efve e\u0301 \u6771\u4eac333",
            new int[] {3546, 46494, 297, 151, 219, 17097, 247, 126, 16736, 122, 35, 35, 35},
            "   three  spaces\t\ttabs \r\n",
            new int[] {256, 1296, 216, 5600, 197, 197, 100, 7366, 216, 2738},
            "<tool_call></tool_call> \u00bd \u0663",
            new int[] {44, 19324, 79, 4350, 29299, 19324, 79, 4350, 46, 216, 16738, 216, 164, 113});

    @TempDir
    private Path folder;

    private final Map<String, Integer> types = new LinkedHashMap<>();

    private final GgufWriter writer = new GgufWriter();

    TokenizerFilesTest() {
        new SmallTokenizer()
                .json()
                .path("model")
                .path("vocab")
                .properties()
                .forEach(token -> types.put(token.getKey(), NORMAL));
        assertEquals(SmallTokenizer.ADDED, types.size());
    }

    /** A file with the small vocabulary and some tokens more. */
    private GgufFile file(String pre) throws IOException {
        var names = new ArrayList<>(types.keySet());
        names.replaceAll(name -> name.startsWith("again:") ? name.substring(6) : name);
        writer.text("general.architecture", "llama").text("tokenizer.ggml.model", "gpt2");
        if (!pre.isEmpty()) {
            writer.text("tokenizer.ggml.pre", pre);
        }
        writer.texts("tokenizer.ggml.tokens", names)
                .int32s("tokenizer.ggml.token_type", List.copyOf(types.values()))
                .texts("tokenizer.ggml.merges", List.of("t h", "th e"));
        return GgufFile.open(writer.write(folder.resolve("model.gguf")));
    }

    private Path written(String pre) throws IOException {
        var out = Files.createDirectory(folder.resolve("out"));
        try (var file = file(pre)) {
            TokenizerFiles.write(file, out);
        }
        return out;
    }

    private String refusal(String pre) throws IOException {
        try (var file = file(pre)) {
            var refused = assertThrows(NightException.class, () -> TokenizerFiles.write(file, folder));
            assertEquals(ExitCode.DATA, refused.exitCode());
            assertTrue(Files.notExists(folder.resolve("tokenizer.json")));
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void smollm2_gives_the_ids_of_its_own_tokenizer() throws IOException {
        try (var file = GgufFile.open(SMOLLM2)) {
            TokenizerFiles.write(file, folder);
        }
        try (var tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"), List.of("<|im_end|>"), 49152)) {
            IDS.forEach((text, ids) -> assertArrayEquals(ids, tokenizer.encode(text), text));
            assertEquals(
                    List.of(4, 6, 19, 20, 22, 29, 0xF1, 0xF2),
                    tokenizer.vocabulary().missingBytes());
            assertEquals(17, tokenizer.controlTexts().size());
        }
        assertEquals("<|im_end|>", settings(folder).path("eos_token").stringValue());
        assertTrue(Files.readString(folder.resolve("chat_template.jinja")).contains("<|im_start|>"));
    }

    private static JsonNode settings(Path folder) throws IOException {
        return Json.parse(Files.readString(folder.resolve("tokenizer_config.json")));
    }

    @Test
    void tokens_are_added_by_their_types_and_fillers_are_gaps() throws IOException {
        types.put("<|eot|>", CONTROL);
        types.put("[PAD259]", USER_DEFINED);
        types.put("[PAD9]", USER_DEFINED);
        types.put("unused", UNUSED);
        types.put("  ", USER_DEFINED);
        try (var tokenizer = Tokenizer.load(written("qwen2").resolve("tokenizer.json"), List.of("<|eot|>"))) {
            assertEquals(List.of("<|eot|>", "[PAD9]"), tokenizer.controlTexts());
            assertArrayEquals(new int[] {'a', 262, 260, 258}, tokenizer.encode("a  [PAD9]<|eot|>"));
            assertEquals("[PAD259]".length(), tokenizer.encode("[PAD259]").length, "no token");
            assertEquals("unused".length(), tokenizer.encode("unused").length, "no token");
            assertEquals(263, tokenizer.size());
        }
    }

    @Test
    void each_end_that_the_metadata_name_ends_a_turn() throws IOException {
        types.put("<s>", CONTROL);
        types.put("</s>", CONTROL);
        types.put("<|eot|>", CONTROL);
        writer.uint32("tokenizer.ggml.bos_token_id", 258)
                .uint32("tokenizer.ggml.eos_token_id", 259)
                .uint32("tokenizer.ggml.eot_token_id", 260)
                .uint32("tokenizer.ggml.padding_token_id", 259)
                .flag("tokenizer.ggml.add_bos_token", true)
                .text("tokenizer.chat_template", "plain")
                .text("tokenizer.chat_template.tool_use", "with tools");
        var out = written("llama-bpe");
        assertEquals(
                Json.parse("{\"bos_token_id\": 258, \"eos_token_id\": [259, 260]}"),
                Json.parse(Files.readString(out.resolve("generation_config.json"))));
        var settings = settings(out);
        assertEquals("<s>", settings.path("bos_token").stringValue());
        assertEquals("</s>", settings.path("pad_token").stringValue());
        assertTrue(settings.path("unk_token").isNull());
        assertTrue(settings.path("add_bos_token").booleanValue());
        assertEquals("with tools", Files.readString(out.resolve("chat_template.jinja")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"smollm | 5", "gpt-2 | 1", "qwen2 | 5", "llama-bpe | 2"})
    void each_rule_cuts_in_its_own_way(String pre, int numbers) throws IOException {
        types.put("<|eot|>", CONTROL);
        types.put("12345", NORMAL);
        types.put("123", NORMAL);
        types.put("45", NORMAL);
        types.put("12", NORMAL);
        var out = written(pre);
        var json = (ObjectNode) Json.parse(Files.readString(out.resolve("tokenizer.json")));
        for (var merge : List.of("1 2", "4 5", "12 3", "123 45")) {
            Arrays.stream(merge.split(" ", -1))
                    .forEach(json.withArray("/model/merges").addArray()::add);
        }
        Files.writeString(out.resolve("tokenizer.json"), json.toString());
        try (var tokenizer = Tokenizer.load(out.resolve("tokenizer.json"), List.of("<|eot|>"))) {
            assertEquals(numbers, tokenizer.encode("12345").length);
        }
    }

    @Test
    void a_rule_that_is_not_known_is_refused_with_those_that_are() throws IOException {
        var refusal = refusal("gemma4");
        assertTrue(refusal.contains("cuts texts by the rule gemma4") && refusal.contains("smollm"), refusal);
        assertTrue(refusal.contains("Take the model's Hugging Face folder"), refusal);
    }

    @ParameterizedTest
    @CsvSource({"''", "default"})
    void a_file_that_names_no_rule_is_refused(String pre) throws IOException {
        assertTrue(refusal(pre).contains("does not say how it cuts texts (tokenizer.ggml.pre)"));
    }

    @Test
    void another_kind_of_tokenizer_is_refused_by_its_name() throws IOException {
        writer.text("tokenizer.ggml.model", "llama").text("tokenizer.ggml.pre", "default");
        try (var file = GgufFile.open(writer.write(folder.resolve("llama2.gguf")))) {
            var refused = assertThrows(NightException.class, () -> TokenizerFiles.write(file, folder));
            assertTrue(String.valueOf(refused.getMessage()).contains("is of kind llama"), refused.getMessage());
        }
    }

    @Test
    void a_file_that_contradicts_itself_is_refused() throws IOException {
        types.put("again:the", NORMAL);
        assertTrue(refusal("qwen2").contains("has \"the\" twice, as token 257 and 258"));
    }

    @Test
    void an_end_beyond_the_vocabulary_is_refused() throws IOException {
        writer.uint32("tokenizer.ggml.eos_token_id", 5000);
        var refusal = assertThrows(NightException.class, () -> written("qwen2"));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("names 5000 as its eos_token_id, and has 258 tokens"),
                refusal.getMessage());
    }

    @Test
    void a_file_that_puts_spaces_first_is_refused() throws IOException {
        writer.flag("tokenizer.ggml.add_space_prefix", true);
        assertTrue(refusal("qwen2").contains("changes texts (tokenizer.ggml.add_space_prefix)"));
    }

    @Test
    void the_documentation_has_each_rule() throws IOException {
        var page = Files.readString(Path.of("docs/engines.md"));
        page = page.substring(page.indexOf("| Name | Cuts |"));
        page = page.substring(0, page.indexOf("\n\n"));
        var rows = Pattern.compile("(?m)^\\| ((?:`[^`]+`(?:, )?)+) \\|")
                .matcher(page)
                .results();
        var named = rows.flatMap(
                        row -> Arrays.stream(row.group(1).replace("`", "").split(", ")))
                .sorted()
                .toList();
        assertEquals(List.copyOf(PreTokenizer.names()), named);
    }
}
