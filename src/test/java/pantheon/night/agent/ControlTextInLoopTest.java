package pantheon.night.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pantheon.night.contract.Json;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.ControlTextTest;
import pantheon.night.tool.ScriptedTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;

/** No text from a file, a name or an input becomes a control token; tools see and write it unchanged all the same. */
class ControlTextInLoopTest {
    private static final String HARMLESS = "[harmless]";

    @TempDir
    Path directory;

    static Stream<String> special_tokens() {
        return ControlTextTest.QWEN_SPECIAL_TOKENS.stream();
    }

    @ParameterizedTest
    @MethodSource("special_tokens")
    void the_prompt_of_a_special_token_has_only_the_templates_own(String special) throws Exception {
        var prompts = prompts(special);
        var control = prompts(HARMLESS);
        assertEquals(4, prompts.size());
        for (int i = 0; i < prompts.size(); i++) {
            for (var token : ControlTextTest.QWEN_SPECIAL_TOKENS) {
                assertEquals(count(control.get(i), token), count(prompts.get(i), token), prompts.get(i));
            }
        }
        // The control: the text is there, escaped, as often as harmless text is.
        var escaped = "\\u003c" + special.substring(1);
        assertEquals(count(control.getLast(), HARMLESS), count(prompts.getLast(), escaped), prompts.getLast());
    }

    /** The prompts of a task whose input, file name and file hold a text, and whose model copies it everywhere. */
    private List<String> prompts(String text) throws Exception {
        var name = "docs/" + text + ".md";
        var body = "one " + text + "\n" + text + text + " two";
        var files = FolderTask.of(directory, Map.of(name, body));
        var read = new ScriptedTool("read", """
                {"type": "object", "properties": {"path": {"type": "string"}}}""", (arguments, task) -> {
            var path = arguments.required("path").stringValue();
            var content = new String(task.files().read(path), UTF_8);
            assertEquals(body, content);
            return new ToolResult.Returned(Json.object().put("path", path).put(text, content));
        });
        var write = new ScriptedTool("write", """
                {"type": "object", "properties": {"path": {"type": "string"}, "text": {"type": "string"}}}""", (arguments, task) -> {
            var path = arguments.required("path").stringValue();
            task.files().write(path, arguments.required("text").stringValue().getBytes(UTF_8));
            return new ToolResult.Failed("odd", path + " is odd");
        });
        var path = Json.quote(name);
        var end = LoopRun.of(
                LoopRun.agent(LoopRun.LIMITS, List.of(read.unbound(), write.unbound())),
                Json.object().put("path", name).put(text, body),
                files,
                ControlTextTest.QWEN_SPECIAL_TOKENS,
                StopSignal.never(),
                LoopRun.calls("read", "{\"path\": %s}".formatted(path)),
                LoopRun.says("There is " + text + " in " + name + "."),
                LoopRun.calls("write", "{\"path\": %s, \"text\": %s}".formatted(path, Json.quote("new " + text))),
                LoopRun.done());
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals("new " + text, files.text(name));
        return end.prompts();
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }
}
