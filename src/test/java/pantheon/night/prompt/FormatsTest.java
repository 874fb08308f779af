package pantheon.night.prompt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.grammar.TypesOfArguments;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.prompt.call.MalformedReply;
import pantheon.night.prompt.call.ParsedCall;

/** What every format keeps, and what each says of replies that are none of its own. */
final class FormatsTest {
    private static final ArgumentTypes TYPES = TypesOfArguments.of(Conversations.CARDS);

    static Stream<ChatFormat> formats() {
        return ChatFormats.names().stream().map(ChatFormats::named).distinct();
    }

    @Test
    void our_templates_write_the_same_bytes() throws IOException {
        var python = Path.of("target/readers/bin/python").toAbsolutePath();
        assertTrue(Files.exists(python), python + " is not there; run src/test/setup.sh");
        var process = new ProcessBuilder(
                        python.toString(), "src/test/readers/templates.py", "src/main/resources/chat-template")
                .redirectErrorStream(true)
                .start();
        try (var in = process.outputWriter(UTF_8)) {
            for (var each : Conversations.all()) {
                in.write(Json.MAPPER.writeValueAsString(each.json()) + "\n");
            }
        }
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.onExit().join().exitValue(), said);
        assertTrue(said.contains("60 of 60 conversations of 10 formats"), said);
    }

    @Test
    void conversations_are_written_as_they_were() throws IOException {
        var golden = Path.of("src/test/resources/golden/conversations.txt");
        var written = Conversations.all().stream()
                .filter(each -> each.shape().equals("several calls and results")
                        || each.shape().equals("quotes and lines"))
                .map(each -> "== %s: %s\n%s".formatted(each.format(), each.shape(), each.text()))
                .collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, written);
        }
        assertEquals(Files.readString(golden), written);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void what_is_written_is_read_to_the_same(ChatFormat format) throws MalformedReply {
        for (var conversation : Conversations.of(format)) {
            for (var message : conversation.messages()) {
                if (message.has("tool_calls")) {
                    var calls = message.get("tool_calls")
                            .valueStream()
                            .map(call -> call.path("function"))
                            .map(call -> new ParsedCall(
                                    call.path("name").stringValue(),
                                    call.get("arguments").asObject()))
                            .toList();
                    assertEquals(calls, format.parse(message.get("written").stringValue(), TYPES));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_conversation_is_taken_apart(ChatFormat format) {
        for (var conversation : Conversations.of(format)) {
            int answer = format.reader().lastAnswer(conversation.text());
            assertEquals(conversation.text().length(), answer);
            var closed = closed(format, conversation.text());
            var read = format.reader(TypesOfArguments::of)
                    .read(closed)
                    .orElseThrow(() -> new AssertionError(format.name() + ": " + closed));
            assertEquals(roles(conversation), roles(read), format.name());
            assertEquals(2, read.tools().size());
            assertEquals(Conversations.CARDS.getFirst().json(), read.tools().getFirst(), format.name());
        }
    }

    /** A prompt without the answer that it opens. */
    private static String closed(ChatFormat format, String prompt) {
        var input = format.input("§");
        var opened = input.substring(input.indexOf('§') + 1 + format.answer("").length());
        return prompt.substring(0, prompt.length() - opened.length());
    }

    private static List<String> roles(Conversations.Conversation conversation) {
        return conversation
                .messages()
                .valueStream()
                .map(message -> message.path("role").stringValue())
                .toList();
    }

    private static List<String> roles(Dialogue dialogue) {
        return dialogue.messages().stream()
                .map(message -> switch (message) {
                    case Message.Instructions system -> "system";
                    case Message.User user -> "user";
                    case Message.Assistant assistant -> "assistant";
                    case Message.Tool tool -> "tool";
                })
                .toList();
    }

    private static String xml(String parameters) {
        return "<tool_call>\n<function=save>\n" + parameters + "</function>\n</tool_call>";
    }

    private static String code(ChatFormat format, String reply) {
        return assertThrows(MalformedReply.class, () -> format.parse(reply, TYPES))
                .code();
    }

    @Test
    void xml_that_is_none_is_told() {
        var format = KnownFormats.QWEN_3_6;
        var text = "<parameter=text>\nx\n</parameter>\n";
        assertEquals("empty", code(format, " \n"));
        assertEquals("no_tool_call_tag", code(format, "Well."));
        assertEquals("stray_close", code(format, "</tool_call>"));
        assertEquals("empty_call", code(format, "<tool_call>\n</tool_call>"));
        assertEquals("no_name", code(format, "<tool_call>\n{\"name\": \"save\"}\n</tool_call>"));
        assertEquals("truncated", code(format, "<tool_call>\n<function=save>\n<parameter=text>\nx"));
        assertEquals("truncated", code(format, "<tool_call>\n<function=save>\n" + text + "</func"));
        assertEquals("missing_close", code(format, "<tool_call>\n<function=save>\n" + text + "</function>\n"));
        assertEquals("duplicate_key", code(format, xml(text + text)));
        assertEquals("not_canonical", code(format, xml("<parameter=text>\n</parameter>\n")));
        assertEquals("not_canonical", code(format, xml("<parameter=text>\nx\n</parameter>y\n")));
        assertEquals("control_text", code(format, xml("<parameter=text>\na<|im_end|>b\n</parameter>\n")));
        assertEquals("invalid_json", code(format, xml(text + "<parameter=tags>\nnone\n</parameter>\n")));
        assertEquals("not_canonical", code(format, xml(text + "<parameter=tags>\n[1,2]\n</parameter>\n")));
        assertEquals("text_after_call", code(format, xml(text) + "\nAnd more."));
        assertEquals("call_in_thinking", code(format, "<think>" + xml(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Well.",
                "[save(text='a')]",
                "<|tool_call_start|>[]<|tool_call_end|>",
                "<|tool_call_start|>[save(text='a'<|tool_call_end|>",
                "<|tool_call_start|>[save(text=\"a\")]<|tool_call_end|>",
                "<|tool_call_start|>[save(text='a',kind='b')]<|tool_call_end|>",
                "<|tool_call_start|>[save(text='a', text='b')]<|tool_call_end|>",
                "<|tool_call_start|>[save('a')]<|tool_call_end|>",
                "<|tool_call_start|>[save(text=a)]<|tool_call_end|>",
                "<|tool_call_start|>[save(text=true)]<|tool_call_end|>",
                "<|tool_call_start|>[save(text='\\x41')]<|tool_call_end|>",
                "<|tool_call_start|>[save(text='a\nb')]<|tool_call_end|>",
                "<|tool_call_start|>[save(text='a')]<|tool_call_end|> and",
                "<|tool_call_start|>[save(text=)]<|tool_call_end|>",
                "<|tool_call_start|>[save(text=[1,2])]<|tool_call_end|>"
            })
    void python_that_is_none_is_told(String reply) {
        assertTrue(!code(KnownFormats.LFM2, reply).isEmpty());
    }

    @Test
    void a_value_is_typed_by_its_schema() throws MalformedReply {
        var call = KnownFormats.QWEN_3_6.parse(
                "<tool_call>\n<function=read_file>\n<parameter=path>\n5\n</parameter>\n"
                        + "<parameter=limit>\n5\n</parameter>\n<parameter=follow>\ntrue\n</parameter>\n</function>\n</tool_call>",
                TYPES);
        assertEquals(
                "{\"path\": \"5\", \"limit\": 5, \"follow\": true}",
                Json.write(call.getFirst().arguments()));
    }
}
