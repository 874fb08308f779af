import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Message;
import pantheon.night.prompt.QwenTemplate;
import pantheon.night.prompt.call.ParsedCall;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a long past night to the disk: a journal and artifacts of tasks such as the sample's, each on a document of
 * its own, of which nine in ten were accepted. The lines are chained as the program chains them.
 */
final class PastNights {
    private static final String SYSTEM = "You normalise the front matter of one Markdown document.\n\n# Constraints\n\n"
            + "- Act only through the tools.\n\n# Goals\n\n- Read, make the slug of the title, set the values, end with done.";
    private static final List<JsonNode> TOOLS = List.of(
            tool("read_front_matter", "{}"),
            tool("slug_of", "{\"text\": {\"type\": \"string\", \"minLength\": 1, \"maxLength\": 2000}}"),
            tool("set_front_matter", "{\"values\": {\"type\": \"object\"}}"),
            tool("final", "{\"status\": {\"enum\": [\"done\", \"fail\"]}}"));

    private final String run;
    private final Path artifacts;
    private final BufferedOutputStream journal;
    private final Random random = new Random(1);
    private String head = "0".repeat(64);
    private long seq;

    /** What becomes of a task's lines between its checks and its end. */
    interface Work {
        void commit(PastNights night, String task) throws IOException;
    }

    PastNights(Path log, Path artifacts, String run) throws IOException {
        this.run = run;
        this.artifacts = artifacts;
        Files.createDirectories(log);
        journal = new BufferedOutputStream(Files.newOutputStream(log.resolve(run + ".jsonl")), 1 << 16);
    }

    /** Arguments: the folder, and how many tasks. */
    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var night = new PastNights(folder.resolve("log"), folder.resolve("artifacts"), "past");
        night.started("a1".repeat(20), "");
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            night.task(i, "docs/%d/%s.md".formatted(i % 100, night.words(1)), (past, task) -> {});
        }
        night.close();
    }

    void close() throws IOException {
        journal.close();
    }

    /** The hash of the last line. */
    String head() {
        return head;
    }

    /** Whether a task is one of the nine in ten that were accepted. */
    static boolean isAccepted(int number) {
        return number % 10 != 9;
    }

    private static JsonNode tool(String name, String properties) {
        return Json.parse("""
                {"type": "function", "function": {"name": "%s", "description": "What %s does.", "parameters":
                 {"type": "object", "properties": %s, "additionalProperties": false}}}
                """.formatted(name, name, properties));
    }

    /** @param more other fields, each behind a comma */
    void started(String base, String more) throws IOException {
        append("night.started", null, """
                {"night.run": "%s", "night.version": "1", "night.queue_tasks": 1, "night.base_commit": "%s",
                 "night.branch": "night/%s", "night.configuration_digest": "%s", "night.models":
                 [{"name": "tiny", "digest": "%s", "context_tokens": 2048, "origin": "process:onnxruntime"}]%s}
                """.formatted(run, base, run, "b2".repeat(32), "c3".repeat(32), more));
    }

    private String words(int count) {
        var words = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            words.add(Integer.toString(random.nextInt(1 << 24), 36));
        }
        return String.join(" ", words);
    }

    void task(int number, String path, Work work) throws IOException {
        var id = "task-" + number;
        var title = words(6);
        append("task.started", id, """
                {"night.agent": "docops.front-matter", "night.agent_version": "1", "night.template_hash": "%s",
                 "night.input": {"path": "%s"}, "night.attempt": 1}
                """.formatted("d4".repeat(32), path));
        var messages = new ArrayList<Message>(
                List.of(new Message.Instructions(SYSTEM), new Message.User("{\"path\": \"%s\"}".formatted(path))));
        var values = Json.object()
                .put("title", title)
                .put("slug", title.replace(' ', '-'))
                .put("priority", words(2));
        turn(
                id,
                path,
                1,
                messages,
                "read_front_matter",
                Json.object(),
                "{\"heading\": \"%s\", \"values\": {\"owner\": \"%s\"}}".formatted(title, words(12)));
        turn(
                id,
                path,
                2,
                messages,
                "slug_of",
                Json.object().put("text", title),
                "{\"slug\": \"%s\"}".formatted(title.replace(' ', '-')));
        var set = Json.object();
        set.set("values", values);
        turn(id, path, 3, messages, "set_front_matter", set, "{\"changed\": true}");
        var text = turn(id, path, 4, messages, "final", Json.object().put("status", "done"), null);
        for (var check : List.of("only_changes", "title_from_heading", "slug_of_title", "mapped_status", "body_kept")) {
            append("check.finished", id, "{\"night.check\": \"%s\", \"night.passed\": true}".formatted(check));
        }
        work.commit(this, id);
        append("task.finished", id, """
                {"night.finish_reason": "%s", "night.steps": 4, "night.failures": 0, "gen_ai.usage.input_tokens": 2500,
                 "gen_ai.usage.cache_read.input_tokens": 2400, "gen_ai.usage.output_tokens": %d, "night.task_ms": 100}
                """.formatted(
                        isAccepted(number) ? "accepted" : "not_accepted", 80 + random.nextInt(60)));
        Files.createDirectories(artifacts.resolve(id));
        Files.writeString(artifacts.resolve(id).resolve("prompt.txt"), text);
    }

    private String turn(
            String id, String path, int step, List<Message> messages, String tool, ObjectNode arguments, String result)
            throws IOException {
        var prompt = QwenTemplate.QWEN2_5.render(messages, TOOLS, true);
        var answer =
                ChatFormats.QWEN.calls(List.of(new ParsedCall(tool, arguments)), ChatFormats.QWEN.control(List.of()));
        append("generation.received", id, """
                {"gen_ai.operation.name": "chat", "gen_ai.request.model": "tiny", "gen_ai.usage.input_tokens": 600,
                 "gen_ai.usage.cache_read.input_tokens": 550, "gen_ai.usage.output_tokens": 30, "night.forced_tokens": 9,
                 "gen_ai.response.finish_reasons": ["end_of_turn"], "night.step": %d, "night.text": %s,
                 "night.prompt_hash": "%s", "night.prefill_ms": 3, "night.decode_ms": 20}
                """.formatted(step, Json.quote(answer), Sha256.hex(prompt)));
        messages.add(new Message.Assistant("", List.of(new Message.Call(tool, arguments))));
        if (result != null) {
            var call = "call-%d-1".formatted(step);
            append("tool.called", id, """
                    {"night.step": %d, "gen_ai.tool.name": "%s", "gen_ai.tool.call.id": "%s",
                     "gen_ai.tool.call.arguments": %s}
                    """.formatted(
                            step, tool, call, Json.write(arguments.deepCopy().put("path", path))));
            append("tool.returned", id, """
                    {"gen_ai.tool.name": "%s", "gen_ai.tool.call.id": "%s", "night.ok": true,
                     "gen_ai.tool.call.result": %s, "night.tool_ms": 2}
                    """.formatted(tool, call, result));
            messages.add(new Message.Tool(result));
        }
        return prompt + answer;
    }

    void append(String type, String task, String data) throws IOException {
        var node = Json.object();
        node.put("specversion", "1.0");
        node.put("id", Long.toString(++seq));
        node.put("source", "/pantheon-night/" + run);
        node.put("type", "night.pantheon." + type + ".v1");
        if (task != null) {
            node.put("subject", task);
        }
        node.put("time", "2026-11-23T22:00:00Z").put("seq", seq).put("prevhash", head);
        node.set("data", Json.parse(data));
        var line = Json.MAPPER.writeValueAsString(node);
        head = Sha256.hex(line);
        journal.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
