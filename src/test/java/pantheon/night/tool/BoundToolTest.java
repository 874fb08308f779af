package pantheon.night.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.workspace.FolderTask;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class BoundToolTest {
    @TempDir
    static Path folder;

    private static final Tool TOOL =
            new ScriptedTool("label", """
            {"type": "object", "properties": {"path": {"type": "string"}, "label": {"type": "string"},
             "force": {"type": "boolean"}}, "required": ["path", "label"], "additionalProperties": false}""", (arguments, task) -> new ToolResult.Returned(arguments));

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.parse(json);
    }

    private static boolean takes(BoundTool tool, String input, String arguments) {
        var files = FolderTask.of(folder, Map.of());
        var box = new ToolBox(List.of(tool), TOOL.arguments(), object(input), files, Duration.ofSeconds(1));
        return Objects.requireNonNull(box.schema("label"))
                .check(Json.parse(arguments))
                .isEmpty();
    }

    private static BoundTool tool(
            Map<String, Binding> bindings, Map<String, JsonNode> narrowed, Map<String, Choice> choices) {
        return new BoundTool(TOOL, bindings, narrowed, choices);
    }

    @Test
    void a_bound_argument_is_not_in_the_card_and_not_taken_from_the_model() {
        var tool = tool(
                Map.of("path", new Binding.FromInput("file"), "force", new Binding.Constant(Json.parse("true"))),
                Map.of(),
                Map.of());
        assertEquals("""
                {"type": "function", "function": {"name": "label", "description": "Does what the test says.", \
                "parameters": {"type": "object", "properties": {"label": {"type": "string"}}, "required": ["label"], \
                "additionalProperties": false}}}""", Json.write(tool.card().json()));
        assertTrue(takes(tool, "{\"file\": \"a.md\"}", "{\"label\": \"x\"}"));
        assertFalse(takes(tool, "{\"file\": \"a.md\"}", "{\"label\": \"x\", \"path\": \"b.md\"}"));
        assertEquals(
                object("{\"path\": \"a.md\", \"force\": true, \"label\": \"x\"}"),
                tool.bind(object("{\"label\": \"x\"}"), object("{\"file\": \"a.md\"}")));
    }

    @Test
    void nothing_the_model_gives_replaces_what_is_bound() {
        var open = new ScriptedTool("open", """
                {"type": "object", "properties": {"path": {"type": "string"}}}""", (arguments, task) -> new ToolResult.Returned(arguments));
        var tool = new BoundTool(open, Map.of("path", new Binding.FromInput("path")), Map.of(), Map.of());
        assertEquals(
                object("{\"path\": \"a.md\", \"x\": 1}"),
                tool.bind(object("{\"path\": \"b.md\", \"x\": 1}"), object("{\"path\": \"a.md\"}")));
    }

    @Test
    void a_field_that_the_input_leaves_out_binds_nothing() {
        var tool = tool(Map.of("force", new Binding.FromInput("force")), Map.of(), Map.of());
        var arguments = object("{\"path\": \"a\", \"label\": \"x\"}");
        assertEquals(arguments, tool.bind(arguments, object("{}")));
        assertEquals(arguments, tool.bind(arguments, object("{\"force\": null}")));
        assertFalse(takes(tool, "{}", "{\"path\": \"a\", \"label\": \"x\", \"force\": true}"));
    }

    @Test
    void a_narrowed_argument_has_the_agents_schema() {
        var tool = tool(Map.of(), Map.of("label", Json.parse("{\"enum\": [\"x\", \"y\"]}")), Map.of());
        assertTrue(takes(tool, "{}", "{\"path\": \"a\", \"label\": \"y\"}"));
        assertFalse(takes(tool, "{}", "{\"path\": \"a\", \"label\": \"z\"}"));
        assertEquals(
                Json.parse("{\"enum\": [\"x\", \"y\"]}"),
                tool.card().arguments().at("/properties/label"));
        assertEquals(
                Json.parse("{\"type\": \"string\"}"), TOOL.arguments().json().at("/properties/label"));
    }

    @Test
    void a_choice_is_narrowed_to_the_inputs_list() {
        var tool = tool(Map.of(), Map.of(), Map.of("label", new Choice.FromInput("labels")));
        var input = "{\"labels\": [\"red\", \"blue\"]}";
        assertTrue(takes(tool, input, "{\"path\": \"a\", \"label\": \"blue\"}"));
        assertFalse(takes(tool, input, "{\"path\": \"a\", \"label\": \"green\"}"));
        assertFalse(takes(tool, "{\"labels\": []}", "{\"path\": \"a\", \"label\": \"red\"}"));
        assertFalse(takes(tool, "{}", "{\"path\": \"a\", \"label\": \"red\"}"));
        // The card is the same for each task, so that its KV cache can be shared.
        assertEquals(
                Json.parse("{\"type\": \"string\"}"), tool.card().arguments().at("/properties/label"));
    }

    @Test
    void an_unknown_argument_is_an_error_of_configuration() {
        var constant = new Binding.Constant(Json.parse("1"));
        refused(
                "no argument \"pth\" to bind or narrow; it has [force, label, path]",
                Map.of("pth", constant),
                Map.of(),
                Map.of());
        refused("no argument \"lable\"", Map.of(), Map.of("lable", Json.parse("true")), Map.of());
        refused("no argument \"x\"", Map.of(), Map.of(), Map.of("x", new Choice.FromInput("labels")));
    }

    @Test
    void an_argument_is_bound_or_narrowed_or_chosen_once() {
        var constant = new Binding.Constant(Json.parse("\"a\""));
        refused("\"path\" of tool label", Map.of("path", constant), Map.of("path", Json.parse("true")), Map.of());
        refused(
                "\"path\" of tool label",
                Map.of("path", constant),
                Map.of(),
                Map.of("path", new Choice.FromInput("paths")));
    }

    @Test
    void a_broken_schema_is_an_error_of_configuration() {
        refused("is no valid JSON Schema", Map.of(), Map.of("label", Json.parse("{\"type\": \"text\"}")), Map.of());
    }

    @Test
    void a_constant_that_the_tool_would_refuse_is_an_error_of_configuration() {
        var constant = new Binding.Constant(Json.parse("1"));
        refused("argument \"label\" of tool label is bound to 1: ", Map.of("label", constant), Map.of(), Map.of());
    }

    private static void refused(
            String message,
            Map<String, Binding> bindings,
            Map<String, JsonNode> narrowed,
            Map<String, Choice> choices) {
        var e = assertThrows(NightException.class, () -> tool(bindings, narrowed, choices));
        assertEquals(ExitCode.CONFIG, e.exitCode());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @Test
    void an_argument_is_bound_to_a_field_of_its_own_type() {
        var tool = tool(Map.of("label", new Binding.FromInput("field")), Map.of(), Map.of());
        var input = "{\"properties\": {\"field\": {\"type\": %s}}}";
        tool.requireTypes(Json.parse(input.formatted("\"string\"")));
        tool.requireTypes(Json.parse(input.formatted("[\"string\", \"null\"]"))); // which it is, a task's input says
        var e = assertThrows(NightException.class, () -> tool.requireTypes(Json.parse(input.formatted("\"integer\""))));
        assertEquals(ExitCode.CONFIG, e.exitCode());
        assertTrue(
                e.getMessage()
                        .startsWith(
                                "argument \"label\" of tool label is bound to the input's field \"field\" of type integer; expected one of type string."),
                e.getMessage());
    }
}
