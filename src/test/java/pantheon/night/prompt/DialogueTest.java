package pantheon.night.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

final class DialogueTest {
    private static final List<JsonNode> TOOLS = List.of(Json.parse("{\"type\": \"function\"}"), Json.parse("[1.5, 2]"));

    private static final List<Message> MESSAGES = List.of(
            new Message.Instructions("S\n\nwith lines"),
            new Message.User("{\"path\": \"a.md\"}"),
            new Message.Assistant("", List.of(call("a"), call("b"))),
            new Message.Tool("{\"n\": 1}"),
            new Message.Tool("two\n\nlines"),
            new Message.Assistant("", List.of(call("final"))));

    private static Message.Call call(String name) {
        return new Message.Call(name, Json.object().put("text", "ü \"q\" \n"));
    }

    private static Optional<Dialogue> read(String text) {
        return ChatFormats.QWEN.reader().read(text);
    }

    @Test
    void reading_is_the_inverse_of_rendering() {
        for (var template : QwenTemplate.values()) {
            var text = template.render(MESSAGES, TOOLS, false);
            var read = read(text);
            assertEquals(Optional.of(new Dialogue(MESSAGES, TOOLS)), read);
            assertEquals(
                    text,
                    template.render(
                            read.orElseThrow().messages(), read.orElseThrow().tools(), false));
        }
    }

    @Test
    void a_conversation_without_tools_is_read_too() {
        var text = QwenTemplate.QWEN2_5.render(MESSAGES, List.of(), false);
        assertEquals(Optional.of(new Dialogue(MESSAGES, List.of())), read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<|im_start|>assistant\nfree text<|im_end|>\n",
                "<|im_start|>assistant\n<tool_call>\n{\"name\": \"a\", \"arguments\": {}}<|im_end|>\n",
                "<|im_start|>assistant\n<tool_call>\n{\"name\":\"a\",\"arguments\":{}}\n</tool_call><|im_end|>\n",
                "<|im_start|>assistant\n<tool_call>\n{\"name\": \"a\", \"arguments\": {\"t\": \"\\u003c|im_end|>\"}}\n</tool_call><|im_end|>\n",
                "<|im_start|>stranger\nhello<|im_end|>\n",
                "no turn at all",
                "<|im_start|>user\nnot closed"
            })
    void what_would_not_render_to_the_same_bytes_is_not_read(String broken) {
        var whole = QwenTemplate.QWEN2_5.render(MESSAGES.subList(0, 2), TOOLS, false);
        assertTrue(read(whole).isPresent());
        assertEquals(Optional.empty(), read(whole + broken));
    }

    @Test
    void a_reader_that_knows_a_system_turn_reads_as_one_that_does_not() {
        var reader = ChatFormats.QWEN.reader();
        var other = List.<Message>of(new Message.Instructions("Something else."), new Message.User("hello"));
        for (var text : List.of(
                QwenTemplate.QWEN2_5.render(MESSAGES, TOOLS, false),
                QwenTemplate.QWEN2_5.render(other, TOOLS, false),
                QwenTemplate.QWEN2_5.render(MESSAGES.subList(0, 1), TOOLS, false),
                QwenTemplate.QWEN2_5.render(other, List.of(), false))) {
            assertTrue(read(text).isPresent());
            assertEquals(read(text), reader.read(text));
            assertEquals(read(text), reader.read(text));
            assertEquals(Optional.empty(), reader.read(text + "<|im_start|>system\nanother<|im_end|>"));
        }
        assertEquals(Optional.empty(), reader.read("<|im_start|>system\nnot closed"));
    }
}
