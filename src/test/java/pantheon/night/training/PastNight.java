package pantheon.night.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.contract.ToolCard;
import pantheon.night.document.Slug;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.ControlText;
import pantheon.night.prompt.Message;
import pantheon.night.prompt.QwenTemplate;
import pantheon.night.prompt.ThickPrompt;
import tools.jackson.databind.node.ObjectNode;

/** A night of the past as it lies on the disk: its journal, and a folder of artifacts for each task. */
final class PastNight implements AutoCloseable {
    static final ThickPrompt PROMPT = new ThickPrompt(
            "You title one document.", List.of("Act only through the tools."), List.of(), List.of(), "");
    static final List<ToolCard> CARDS = List.of(
            new ToolCard("read_file", "Read a file.", Json.parse("""
                    {"type": "object", "properties": {}, "additionalProperties": false}""")),
            new ToolCard("final", "End the task.", Json.parse("""
                    {"type": "object", "properties": {"status": {"enum": ["done"]}}, "required": ["status"]}""")));
    private static final ControlText CONTROL = ChatFormats.QWEN.control(List.of());

    private final String run;
    private final Path folder;
    private final Journal journal;
    private List<ToolCard> cards = CARDS;
    private String message = "";

    PastNight(Path folder, String run) {
        this.run = run;
        this.folder = folder;
        this.journal =
                Journal.create(folder.resolve("log"), run, InstantSource.fixed(Instant.parse("2026-11-23T22:00:00Z")));
        var started = Json.object();
        started.put("night.run", run);
        started.put("night.version", "1.0.0");
        started.put("night.queue_tasks", 1);
        started.put("night.base_commit", "a1".repeat(20));
        started.put("night.repository", "b2".repeat(20));
        started.put("night.branch", "night/" + run);
        started.put("night.configuration_digest", "c3".repeat(32));
        started.putArray("night.models")
                .addObject()
                .put("name", "tiny")
                .put("digest", "d4".repeat(32))
                .put("context_tokens", 2048)
                .put("origin", "process:onnxruntime");
        append(EventType.NIGHT_STARTED, null, started);
    }

    Mining.Source source() {
        return new Mining.Source(run, folder.resolve("log/" + run + ".jsonl"), artifacts());
    }

    Path artifacts() {
        return folder.resolve("artifacts").resolve(run);
    }

    /** A task that reads a file with this text and ends for this reason. */
    PastNight task(String id, String path, String text, String finishReason) {
        var read = new Message.Call("read_file", Json.object());
        var result = new Message.Tool(CONTROL.write(Json.object().put("text", text)));
        var end = new Message.Call("final", Json.object().put("status", "done"));
        begin(id, path);
        var messages = new ArrayList<Message>(List.of(
                new Message.Instructions(PROMPT.systemText()),
                new Message.User(CONTROL.write(Json.object().put("path", path)))));
        generated(id, 1, messages, read);
        call(id, 1, path);
        messages.add(result);
        generated(id, 2, messages, end);
        return end(id, finishReason);
    }

    /** A task that was accepted since nothing had to change. */
    PastNight unchangedTask(String id, String path, String text) {
        message = TaskEnding.UNCHANGED;
        task(id, path, text, "accepted");
        message = "";
        return this;
    }

    /** A task of another agent, whose one tool has these parameters and is called with these arguments. */
    PastNight calling(String id, String path, String parameters, String... arguments) {
        cards = List.of(new ToolCard("work", "Do some work.", Json.parse(parameters)), CARDS.getLast());
        begin(id, path);
        var messages = new ArrayList<Message>(List.of(
                new Message.Instructions(PROMPT.systemText()),
                new Message.User(CONTROL.write(Json.object().put("path", path)))));
        int step = 0;
        for (var given : arguments) {
            generated(id, ++step, messages, new Message.Call("work", Json.parse(given)));
            messages.add(new Message.Tool(given));
        }
        generated(id, ++step, messages, new Message.Call("final", Json.object().put("status", "done")));
        cards = CARDS;
        return end(id, "accepted");
    }

    /** A task that reads a file with this title, sets title and slug, and is accepted. */
    PastNight titled(String id, String path, String title) {
        var read = new Message.Call("read_file", Json.object());
        var set = new Message.Call(
                "set_front_matter", Json.object().put("title", title).put("slug", Slug.of(title)));
        begin(id, path);
        var messages = new ArrayList<Message>(List.of(
                new Message.Instructions(PROMPT.systemText()),
                new Message.User(CONTROL.write(Json.object().put("path", path)))));
        generated(id, 1, messages, read);
        messages.add(new Message.Tool(CONTROL.write(Json.object().put("text", "# " + title + "\n"))));
        generated(id, 2, messages, set);
        messages.add(new Message.Tool(CONTROL.write(Json.object().put("changed", true))));
        generated(id, 3, messages, new Message.Call("final", Json.object().put("status", "done")));
        return end(id, "accepted");
    }

    /** A task whose first answer was no valid call. */
    PastNight correctedTask(String id, String path) {
        begin(id, path);
        var messages = new ArrayList<Message>(List.of(
                new Message.Instructions(PROMPT.systemText()),
                new Message.User(CONTROL.write(Json.object().put("path", path)))));
        generated(id, 1, messages, new Message.Call("no_such_tool", Json.object()));
        append(
                EventType.CALL_REJECTED,
                id,
                Json.object()
                        .put("night.step", 1)
                        .put("night.failures", 1)
                        .put("error.type", "unknown_tool")
                        .put("night.message", "no such tool"));
        messages.add(new Message.User("Try again."));
        generated(id, 2, messages, new Message.Call("final", Json.object().put("status", "done")));
        return end(id, "accepted");
    }

    private void begin(String id, String path) {
        var data = Json.object();
        data.put("night.agent", "docops.title").put("night.agent_version", "3");
        data.put("night.template_hash", PROMPT.templateHash(ChatFormats.QWEN, cards));
        data.set("night.input", Json.object().put("path", path));
        append(EventType.TASK_STARTED, id, data.put("night.attempt", 1));
    }

    private void generated(String id, int step, List<Message> messages, Message.Call call) {
        var prompt = QwenTemplate.QWEN2_5.render(
                messages, cards.stream().map(ToolCard::json).toList(), true);
        var answer = "<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>"
                .formatted(call.name(), CONTROL.write(call.arguments()));
        messages.add(new Message.Assistant("", List.of(call)));
        var data = Json.object();
        data.put("gen_ai.operation.name", "chat").put("gen_ai.request.model", "tiny");
        data.put("gen_ai.usage.input_tokens", prompt.length() / 4);
        data.put("gen_ai.usage.cache_read.input_tokens", 0);
        data.put("gen_ai.usage.output_tokens", answer.length() / 4);
        data.putArray("gen_ai.response.finish_reasons").add("end_of_turn");
        data.put("night.step", step).put("night.text", answer);
        data.put("night.prompt_hash", Sha256.hex(prompt));
        data.put("night.forced_tokens", 0).put("night.prefill_ms", 1).put("night.decode_ms", 1);
        append(EventType.GENERATION_RECEIVED, id, data);
        try {
            var file = artifacts().resolve(id).resolve("prompt.txt");
            Files.createDirectories(file.getParent());
            Files.writeString(file, prompt + answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void call(String id, int step, String path) {
        var data = Json.object().put("night.step", step).put("gen_ai.tool.name", "read_file");
        data.put("gen_ai.tool.call.id", "call-%d-1".formatted(step));
        data.set("gen_ai.tool.call.arguments", Json.object().put("path", path));
        append(EventType.TOOL_CALLED, id, data);
    }

    private PastNight end(String id, String finishReason) {
        var data = Json.object().put("night.finish_reason", finishReason);
        data.put("night.steps", 2).put("night.failures", 0);
        data.put("gen_ai.usage.input_tokens", 200).put("gen_ai.usage.cache_read.input_tokens", 100);
        data.put("gen_ai.usage.output_tokens", 40).put("night.task_ms", 100);
        if (!message.isEmpty()) {
            data.put("night.message", message);
        }
        append(EventType.TASK_FINISHED, id, data);
        return this;
    }

    private void append(EventType type, @org.jspecify.annotations.Nullable String task, ObjectNode data) {
        journal.append(EventCodec.event(type, task, data));
    }

    @Override
    public void close() {
        journal.close();
    }
}
