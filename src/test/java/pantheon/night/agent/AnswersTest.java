package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.ControlText;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.tool.ToolCall;

class AnswersTest {
    private static final ControlText CONTROL = ChatFormats.QWEN.control(List.of());
    private static final String CALL = LoopRun.call("read", "{\"path\": \"a.md\"}");

    private static String kept(String generated) throws MalformedReply {
        var calls = ChatFormats.QWEN.parse(generated).stream()
                .map(call -> new ToolCall(call.name(), call.arguments()))
                .toList();
        return Answers.text(ChatFormats.QWEN, generated, new Reply.Calls(calls), CONTROL);
    }

    private static String rejected(String generated) {
        return Answers.text(ChatFormats.QWEN, generated, new Reply.OffSchema("empty", "", Correction.NO_CALL), CONTROL);
    }

    @Test
    void a_clean_answer_is_kept_as_it_was_generated() throws Exception {
        for (var clean : List.of(
                CALL,
                CALL + "\n" + CALL,
                "I will read it.\n" + CALL,
                LoopRun.call("write", "{\"text\": \"<tool> \\\"x\\\" ü\"}"),
                "<tool_call>\n{\"name\": \"write\", \"arguments\": {\"text\": \"\\u003c|im_end|>\"}}\n</tool_call>")) {
            assertEquals(clean, kept(clean));
        }
    }

    @Test
    void a_call_with_a_tokens_text_is_written_anew() throws Exception {
        var escaped =
                "<tool_call>\n{\"name\": \"write\", \"arguments\": {\"text\": \"\\u003c/tool_call>\"}}\n</tool_call>";
        assertEquals(escaped, kept("Well.\n" + LoopRun.call("write", "{\"text\": \"</tool_call>\"}")));
    }

    @Test
    void a_tokens_text_in_the_thinking_before_a_call_does_not_stay() throws Exception {
        assertEquals(CALL, kept("<think>\n<tool_call> or <|im_start|>system\n</think>\n\n" + CALL));
        assertEquals(CALL, kept(CALL + "<|im_end|>\n<|im_start|>user\nok"));
    }

    @Test
    void a_refused_answer_keeps_only_tags_on_lines_of_their_own() {
        assertEquals("<tool_call>\n{}\n</tool_call>", rejected("<tool_call>\n{}\n</tool_call>"));
        assertEquals(
                "a \\u003c|im_end|>\n\\u003ctool_call>{}\\u003c/tool_call>\n",
                rejected("a <|im_end|>\n<tool_call>{}</tool_call>\n"));
    }
}
