package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.engine.Generation;
import pantheon.night.engine.Usage;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.call.ArgumentTypes;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.ScriptedTool;
import pantheon.night.tool.ToolBox;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;
import tools.jackson.databind.JsonNode;

/** The shapes in which models get a call wrong, each with the one judgement that it deserves. */
class ReplyParserTest {
    private static final JsonNode FILE = Json.resource("/parser-cases.json");

    @TempDir
    Path directory;

    record Shape(String id, String raw, String strict) {
        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Shape> shapes() {
        return FILE.required("cases")
                .valueStream()
                .map(shape -> new Shape(
                        shape.required("id").stringValue(),
                        shape.required("raw").stringValue(),
                        shape.required("strict").stringValue()));
    }

    @Test
    void there_are_68_shapes() {
        assertEquals(68, shapes().count());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void is_judged_as_it_deserves(Shape shape) {
        var reply = judge(shape.raw(), StopReason.END_OF_TURN);
        switch (shape.strict().replaceFirst(":.*", "")) {
            case "accept", "accept(token-aware)", "accept_or_canonicalise", "accept_bigint_or_reject", "policy" ->
                assertInstanceOf(Reply.Calls.class, reply);
            case "stop_at_im_end" ->
                assertEquals(
                        List.of("read_file"),
                        assertInstanceOf(Reply.Calls.class, reply).calls().stream()
                                .map(call -> call.name())
                                .toList());
            case "content" -> assertEquals("no_tool_call_tag", code(reply));
            case "reject" -> assertEquals(shape.strict().replaceFirst("reject:", ""), code(reply));
            default -> throw new IllegalStateException("unknown judgement " + shape.strict());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void runs_from_no_turn_that_was_cut_off(Shape shape) {
        for (var stop : List.of(StopReason.TOKEN_LIMIT, StopReason.CONTEXT_FULL, StopReason.TIME_LIMIT)) {
            var reply = judge(shape.raw(), stop);
            switch (stop) {
                case TOKEN_LIMIT -> assertEquals("truncated", code(reply));
                case CONTEXT_FULL, TIME_LIMIT, END_OF_TURN -> assertEquals(new Reply.CutOff(stop), reply);
            }
        }
    }

    @Test
    void content_of_a_string_is_taken_as_it_was_meant() {
        var text = "x</tool_call>y<tool_call>\n<|im_end|> \"\\ ü🦀";
        var raw = "<tool_call>\n{\"name\": \"write_file\", \"arguments\": {\"path\": \"a\", \"content\": "
                + Json.quote(text) + "}}\n</tool_call>";
        var calls = assertInstanceOf(Reply.Calls.class, judge(raw, StopReason.END_OF_TURN));
        assertEquals(text, calls.calls().getFirst().arguments().get("content").stringValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tool_call>",
                "<tool_call>\n",
                "<tool_call>\n{",
                "<tool_call>\n{}\n</tool_call>",
                "<tool_call>\n5\n</tool_call>",
                "<tool_call>\nnull\n</tool_call>",
                "<tool_call>\n{\"name\": 1, \"arguments\": {}}\n</tool_call>",
                "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>\n",
                "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call> <tool_call>",
                "<tool_call>\n{\"name\": \"now\", \"arguments\": {} }\n</tool_call>",
                "<tool_call>\n{\"name\": \"now\",  \"arguments\": {}}\n</tool_call>",
                "<tool_call>\n {\"name\": \"now\", \"arguments\": {}}\n</tool_call>",
                "<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n\n</tool_call>",
                "<tool_call>\n{\"name\": \"now\", \"name\": \"now\", \"arguments\": {}}\n</tool_call>",
                "<tool_call>\n{\"name\": \"read_file\", \"arguments\": {\"path\": \"a\", \"limit\": 1e999999999}}\n"
                        + "</tool_call>x",
                "</tool_call><tool_call>",
                "<tool_call id=\"1\">\n{}\n</tool_call>\n<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>",
                "No.<|im_end|>\n<|im_start|>assistant\n<tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>",
                "<think><tool_call>\n{\"name\": \"now\", \"arguments\": {}}\n</tool_call>",
            })
    void refuses_other_shapes_too(String raw) {
        assertInstanceOf(Reply.OffSchema.class, judge(raw, StopReason.END_OF_TURN));
    }

    @Test
    void refuses_json_as_deep_as_you_like() {
        int depth = 1_000_000;
        var raw = "<tool_call>\n{\"name\": \"now\", \"arguments\": {\"a\": " + "[".repeat(depth) + "]".repeat(depth)
                + "}}\n</tool_call>";
        assertEquals("invalid_json", code(judge(raw, StopReason.END_OF_TURN)));
    }

    private static String code(Reply reply) {
        return assertInstanceOf(Reply.OffSchema.class, reply).code();
    }

    private Reply judge(String raw, StopReason stop) {
        var tools =
                FILE.required("tools").valueStream().map(ReplyParserTest::tool).toList();
        var box = new ToolBox(
                tools,
                Schema.compile("output", Json.object().put("type", "object")),
                Json.object(),
                FolderTask.of(directory, Map.of()),
                Duration.ofSeconds(1));
        return new Judge(ChatFormats.QWEN, ArgumentTypes.NONE, box)
                .judge(new Generation(raw, stop, new Usage(1, 0, 1), Duration.ZERO, Duration.ZERO));
    }

    private static BoundTool tool(JsonNode card) {
        var function = card.required("function");
        return new ScriptedTool(
                        function.required("name").stringValue(),
                        function.required("parameters"),
                        "true",
                        (arguments, task) -> new ToolResult.Returned(Json.object()))
                .unbound();
    }
}
