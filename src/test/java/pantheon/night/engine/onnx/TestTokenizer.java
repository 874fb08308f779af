package pantheon.night.engine.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import pantheon.night.model.SmallTokenizer;

/**
 * A small byte-level BPE tokenizer with Qwen's control tokens: one id a byte, ids of a few merged pairs, then the
 * control tokens.
 */
public final class TestTokenizer {
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
    public static void write(Path folder) throws IOException {
        var tokenizer = new SmallTokenizer(MERGES);
        CONTROL_TEXTS.forEach(text -> tokenizer.add(text, text.contains("|")));
        tokenizer.write(folder);
    }
}
