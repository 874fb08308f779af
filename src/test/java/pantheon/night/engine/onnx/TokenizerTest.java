package pantheon.night.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.model.Tokenizer;
import pantheon.night.prompt.ChatFormats;

class TokenizerTest {
    @TempDir
    private Path folder;

    private Tokenizer tokenizer;

    @BeforeEach
    void load() throws IOException {
        TestTokenizer.write(folder);
        tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"), ChatFormats.QWEN.stops());
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private static List<Integer> list(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    @Test
    void decodes_characters_whose_bytes_are_several_tokens() {
        var text = "naïve 漢字 🙂🏽 \u0000\u0085\u00AD\u00A0 e\u0301";
        var ids = tokenizer.encode(text);
        assertTrue(ids.length > text.length());
        assertEquals(text, tokenizer.decode(list(ids)));
    }

    @Test
    void decodes_half_a_character_as_the_replacement_character() {
        assertEquals("a\uFFFD", tokenizer.decode(List.of((int) 'a', 0xF0, 0x9F)));
    }

    @Test
    void decodes_every_token() {
        for (int id = 0; id < TestTokenizer.SIZE; id++) {
            assertTrue(!tokenizer.decode(List.of(id)).isEmpty(), "id " + id);
        }
        assertEquals(TestTokenizer.SIZE, tokenizer.size());
    }

    @Test
    void encodes_with_merges_and_control_tokens() {
        assertArrayEquals(
                new int[] {TestTokenizer.control("<|im_start|>"), TestTokenizer.FIRST_MERGE + 1, '\n'},
                tokenizer.encode("<|im_start|>the\n"));
        assertEquals("<|im_start|>the\n", tokenizer.decode(list(tokenizer.encode("<|im_start|>the\n"))));
    }

    @Test
    void reads_control_tokens_only_as_a_whole() {
        assertArrayEquals(TestTokenizer.bytes("<|im_end|"), tokenizer.encode("<|im_end|"));
        assertEquals(TestTokenizer.CONTROL_TEXTS, tokenizer.controlTexts());
        assertEquals(TestTokenizer.control("<|im_end|>"), tokenizer.turnEnd());
    }

    @Test
    void cuts_nothing_off() {
        assertEquals(100_000, tokenizer.encode("x".repeat(100_000)).length);
        assertEquals(0, tokenizer.encode("").length);
    }

    @Test
    void picks_the_first_of_the_likeliest() {
        var logits = new float[TestModel.VOCABULARY];
        logits[70] = 2;
        logits[80] = 2;
        logits[TestModel.VOCABULARY - 1] = 3;
        assertEquals(70, tokenizer.likeliest(logits));
    }
}
