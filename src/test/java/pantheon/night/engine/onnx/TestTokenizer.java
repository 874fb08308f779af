package pantheon.night.engine.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.contract.Json;

/**
 * A small byte-level BPE tokenizer with Qwen's control tokens: one id a byte, ids of a few merged pairs, then the
 * control tokens.
 */
final class TestTokenizer {
    static final List<String> CONTROL_TEXTS = List.of(
            "<|endoftext|>",
            "<|im_start|>",
            "<|im_end|>",
            "<tool_call>",
            "</tool_call>",
            "<tool_response>",
            "</tool_response>");
    private static final List<String> MERGES = List.of("t h", "th e", "Ġ the", "i n", "in g", "e r", "o n", "\" :");

    static final int FIRST_MERGE = 256;
    static final int FIRST_CONTROL = FIRST_MERGE + MERGES.size();
    static final int SIZE = FIRST_CONTROL + CONTROL_TEXTS.size();

    private TestTokenizer() {}

    static int control(String text) {
        return FIRST_CONTROL + CONTROL_TEXTS.indexOf(text);
    }

    /** The ids of a text without merges: its bytes. */
    static int[] bytes(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var ids = new int[utf8.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = utf8[i] & 0xFF;
        }
        return ids;
    }

    /** Writes {@code tokenizer.json}. */
    static void write(Path folder) throws IOException {
        var json = Json.object().put("version", "1.0").putNull("normalizer").putNull("post_processor");
        var added = json.putArray("added_tokens");
        for (var text : CONTROL_TEXTS) {
            added.addObject()
                    .put("id", control(text))
                    .put("content", text)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", text.contains("|"));
        }
        for (var part : List.of("pre_tokenizer", "decoder")) {
            json.putObject(part)
                    .put("type", "ByteLevel")
                    .put("add_prefix_space", false)
                    .put("trim_offsets", false)
                    .put("use_regex", true);
        }
        var model = json.putObject("model").put("type", "BPE");
        var vocabulary = model.putObject("vocab");
        int next = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            vocabulary.put(String.valueOf((char) (printable ? b : next++)), b);
        }
        var merges = model.putArray("merges");
        for (var merge : MERGES) {
            vocabulary.put(merge.replace(" ", ""), FIRST_MERGE + merges.size());
            merges.add(merge);
        }
        Files.writeString(folder.resolve("tokenizer.json"), Json.MAPPER.writeValueAsString(json));
    }
}
