package pantheon.night.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.contract.Json;
import tools.jackson.databind.JsonNode;

/** The bytes that the models' own templates render, recorded from them. */
class QwenTemplateTest {
    private static final String FOLDER = "/render-cases";

    static Stream<String> golden_cases() throws Exception {
        try (var files = Files.list(folder())) {
            return files.map(file -> FOLDER + "/" + file.getFileName()).sorted().toList().stream();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(QwenTemplateTest.class.getResource(FOLDER))
                .toURI());
    }

    @ParameterizedTest
    @MethodSource("golden_cases")
    void renders_the_same_bytes_as_the_models_own(String file) {
        var golden = Json.resource(file);
        var template = golden.required("template").stringValue().contains("qwen2_5")
                ? QwenTemplate.QWEN2_5
                : QwenTemplate.QWEN3_2507;
        var rendered = template.render(
                messages(golden.required("messages")),
                golden.required("tools").valueStream().toList(),
                golden.required("add_generation_prompt").booleanValue());
        assertEquals(golden.required("expected").stringValue(), rendered);
    }

    @Test
    void there_are_cases_of_both_templates() throws Exception {
        assertEquals(15, golden_cases().count());
        assertEquals(4, golden_cases().filter(file -> file.contains("-q25-")).count());
    }

    @Test
    void both_templates_render_the_same_in_a_tool_loop() {
        var arguments = Json.object().put("path", "a.md");
        var call = new Message.Call("read_file", arguments);
        var messages = List.<Message>of(
                new Message.Instructions("S"),
                new Message.User("{}"),
                new Message.Assistant("", List.of(call, call)),
                new Message.Tool("{\"a\": 1}"),
                new Message.Tool("{\"b\": 2}"),
                new Message.Assistant("Well.", List.of(call)),
                new Message.Tool("{}"));
        var tools = List.<JsonNode>of(Json.object().put("name", "read_file"));
        var rendered = QwenTemplate.QWEN2_5.render(messages, tools, true);
        assertEquals(rendered, QwenTemplate.QWEN3_2507.render(messages, tools, true));
        assertEquals(
                "<|im_start|>user\n{}<|im_end|>\n<|im_start|>assistant\n<tool_call>\n{\"name\": \"read_file\", "
                        + "\"arguments\": {\"path\": \"a.md\"}}\n</tool_call>\n<tool_call>\n{\"name\": \"read_file\", "
                        + "\"arguments\": {\"path\": \"a.md\"}}\n</tool_call><|im_end|>\n<|im_start|>user\n"
                        + "<tool_response>\n{\"a\": 1}\n</tool_response>\n<tool_response>\n{\"b\": 2}\n"
                        + "</tool_response><|im_end|>\n<|im_start|>assistant\nWell.\n<tool_call>\n"
                        + "{\"name\": \"read_file\", \"arguments\": {\"path\": \"a.md\"}}\n</tool_call><|im_end|>\n"
                        + "<|im_start|>user\n<tool_response>\n{}\n</tool_response><|im_end|>\n<|im_start|>assistant\n",
                rendered.substring(rendered.indexOf("<|im_start|>user")));
    }

    private static List<Message> messages(JsonNode array) {
        var messages = new ArrayList<Message>();
        for (var message : array) {
            var content = message.required("content").stringValue();
            messages.add(
                    switch (message.required("role").stringValue()) {
                        case "system" -> new Message.Instructions(content);
                        case "user" -> new Message.User(content);
                        case "tool" -> new Message.Tool(content);
                        case "assistant" -> new Message.Assistant(content, calls(message.path("tool_calls")));
                        default -> throw new IllegalStateException("unknown role in " + message);
                    });
        }
        return messages;
    }

    private static List<Message.Call> calls(JsonNode calls) {
        return calls.valueStream()
                .map(call -> call.required("function"))
                .map(function ->
                        new Message.Call(function.required("name").stringValue(), function.required("arguments")))
                .toList();
    }
}
