package pantheon.night.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.contract.Json;

public class ControlTextTest {
    /** The added tokens of Qwen2.5's tokenizer. */
    public static final List<String> QWEN_SPECIAL_TOKENS = List.of(
            "<|endoftext|>",
            "<|im_start|>",
            "<|im_end|>",
            "<|object_ref_start|>",
            "<|object_ref_end|>",
            "<|box_start|>",
            "<|box_end|>",
            "<|quad_start|>",
            "<|quad_end|>",
            "<|vision_start|>",
            "<|vision_end|>",
            "<|vision_pad|>",
            "<|image_pad|>",
            "<|video_pad|>",
            "<tool_call>",
            "</tool_call>",
            "<|fim_prefix|>",
            "<|fim_middle|>",
            "<|fim_suffix|>",
            "<|fim_pad|>",
            "<|repo_name|>",
            "<|file_sep|>");

    private final ControlText control = ChatFormats.QWEN.control(QWEN_SPECIAL_TOKENS);

    static Stream<String> special_tokens() {
        return QWEN_SPECIAL_TOKENS.stream();
    }

    @ParameterizedTest
    @MethodSource("special_tokens")
    void is_the_same_content_without_the_token(String special) {
        var value = Json.object().put("a" + special + "b", special + special).put("c", "\\" + special);
        var written = control.write(value);
        assertEquals(value, Json.parse(written));
        assertEquals(0, control.count(written), written);
        assertEquals(4, control.count(Json.write(value))); // the control
    }

    @Test
    void text_without_tokens_is_written_as_it_is() {
        var value = Json.object().put("a", "<b> </tool> <|im_ start|> < |im_end|> ü \u0001");
        assertEquals(Json.write(value), control.write(value));
    }

    @Test
    void the_formats_own_tokens_count_for_every_model() {
        var none = ChatFormats.QWEN.control(List.of());
        for (var text : ChatFormats.QWEN.controlTexts()) {
            assertEquals("\"\\u003c" + text.substring(1) + "\"", none.escape('"' + text + '"'));
        }
    }

    @Test
    void tokens_may_begin_with_any_character() {
        var other = new ControlText(List.of("[INST]", "✿FUNCTION✿", "🦀x🦀", ""));
        var value = Json.object().put("a", "[INST]✿FUNCTION✿🦀x🦀🦀[x🦀");
        var written = other.write(value);
        assertEquals("{\"a\": \"\\u005bINST]\\u273fFUNCTION✿\\ud83e\\udd80x🦀🦀[x🦀\"}", written);
        assertEquals(value, Json.parse(written));
    }

    @Test
    void random_text_around_tokens_stays_the_same_content() {
        var random = new Random(7);
        var pieces = List.of(
                "<", "|", "im_end", "|>", "<|im_end|>", "</tool_call>", "<tool_", "call>", "\\", "\"", "\n", "x");
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            var written = control.write(Json.object().put("a", text.toString()));
            assertEquals(text.toString(), Json.parse(written).get("a").stringValue());
            for (var special : QWEN_SPECIAL_TOKENS) {
                assertFalse(written.contains(special), written);
            }
        }
    }
}
