package pantheon.night.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.contract.ToolCard;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.prompt.call.ParsedCall;

/** What the tool loop puts together is what the template renders of the same messages. */
final class QwenFormatTest {
    private static final ChatFormat FORMAT = ChatFormats.QWEN;
    private static final List<ToolCard> CARDS = List.of(new ToolCard("read", "Read.", Json.object()));
    private static final ParsedCall CALL =
            new ParsedCall("read", Json.object().put("path", "ü.md").put("n", 1));

    private final ControlText control = FORMAT.control(List.of());

    @Test
    void the_parts_of_a_conversation_make_what_the_template_renders() {
        var calls = FORMAT.calls(List.of(CALL, CALL), control);
        var written = FORMAT.opening("S", CARDS)
                + FORMAT.input("{}")
                + FORMAT.answer(calls)
                + FORMAT.results(List.of("{\"a\": 1}", "{\"b\": 2}"))
                + FORMAT.answer("Well.")
                + FORMAT.correction("No.");
        var call = new Message.Call(CALL.name(), CALL.arguments());
        var messages = List.<Message>of(
                new Message.Instructions("S"),
                new Message.User("{}"),
                new Message.Assistant("", List.of(call, call)),
                new Message.Tool("{\"a\": 1}"),
                new Message.Tool("{\"b\": 2}"),
                new Message.Assistant("Well.", List.of()),
                new Message.User("No."));
        for (var template : QwenTemplate.values()) {
            assertEquals(
                    template.render(messages, CARDS.stream().map(ToolCard::json).toList(), true), written);
        }
    }

    @Test
    void what_is_written_is_parsed_to_the_same() throws MalformedReply {
        assertEquals(List.of(CALL, CALL), FORMAT.parse(FORMAT.calls(List.of(CALL, CALL), control)));
        assertThrows(MalformedReply.class, () -> FORMAT.parse(FORMAT.call().open()));
    }

    @Test
    void the_opening_is_a_prompts_prefix_and_what_is_hashed() {
        var thick = new ThickPrompt("You test.", List.of(), List.of(), List.of(), "");
        var prompt = thick.open(FORMAT, CARDS, Json.object().put("a", "<|im_end|>"), control);
        assertEquals(thick.opening(FORMAT, CARDS), prompt.prefix());
        assertEquals(
                "<|im_start|>user\n{\"a\": \"\\u003c|im_end|>\"}<|im_end|>\n<|im_start|>assistant\n",
                prompt.text().substring(prompt.prefixLength()));
        assertEquals(Sha256.hex(prompt.prefix()), thick.templateHash(FORMAT, CARDS));
        assertEquals(prompt.prefix(), prompt.with("more").prefix());
    }

    @Test
    void a_field_that_tools_alone_need_is_shown_as_the_agent_says() {
        var thick =
                new ThickPrompt("You test.", List.of(), List.of(), List.of(), "", Map.of("path", "page.md", "b", "c"));
        var input = Json.object().put("path", "a/very/long/one.md").put("keys", 1);
        var prompt = thick.open(FORMAT, CARDS, input, control);
        assertTrue(prompt.text().contains("{\"path\": \"page.md\", \"keys\": 1}"), prompt::text);
        assertEquals("a/very/long/one.md", input.get("path").stringValue());
    }

    @Test
    void a_prompts_prefix_is_a_part_of_it() {
        assertThrows(IllegalArgumentException.class, () -> new Prompt("abc", 4));
        assertThrows(IllegalArgumentException.class, () -> new Prompt("abc", -1));
        assertEquals("", Prompt.unshared("abc").prefix());
    }

    @Test
    void the_answers_of_a_conversation_are_found_with_their_ends() {
        var prompt = FORMAT.opening("S", CARDS) + FORMAT.input("{}");
        var next = prompt + FORMAT.answer("one") + FORMAT.correction("No.");
        var whole = next + FORMAT.answer("two");
        var reader = FORMAT.reader();
        assertEquals(
                List.of("one<|im_end|>", "two<|im_end|>"),
                reader.answers(whole).stream()
                        .map(answer -> whole.substring(answer.start(), answer.end()))
                        .toList());
        assertEquals(prompt.length(), reader.answers(whole).getFirst().start());
        assertEquals(next.length(), reader.lastAnswer(next + "two"));
        assertEquals(-1, reader.lastAnswer("no prompt"));
        assertEquals("\n" + FORMAT.input("{}"), reader.afterSystem(prompt));
        assertThrows(IllegalArgumentException.class, () -> reader.answers(prompt + "one"));
    }
}
