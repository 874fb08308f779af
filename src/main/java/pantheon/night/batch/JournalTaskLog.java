package pantheon.night.batch;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.Reply;
import pantheon.night.agent.TaskLog;
import pantheon.night.artifact.Artifacts;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.Generation;
import pantheon.night.journal.Event;
import pantheon.night.journal.EventType;
import pantheon.night.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/** Tells a loop's steps as events, and writes them into the task's artifacts. */
public final class JournalTaskLog implements TaskLog {
    private final String task;
    private final String model;
    private final Consumer<Event> events;
    private final Artifacts artifacts;

    public JournalTaskLog(String task, String model, Consumer<Event> events, Artifacts artifacts) {
        this.task = task;
        this.model = model;
        this.events = events;
        this.artifacts = artifacts;
    }

    @Override
    public void generated(int step, String prompt, Generation generation) {
        var data = Json.object();
        data.put("gen_ai.operation.name", "chat");
        data.put("gen_ai.request.model", model);
        data.put("gen_ai.usage.input_tokens", generation.usage().inputTokens());
        data.put("gen_ai.usage.cache_read.input_tokens", generation.usage().cachedTokens());
        data.put("gen_ai.usage.output_tokens", generation.usage().outputTokens());
        data.put("night.forced_tokens", generation.usage().forcedTokens());
        data.putArray("gen_ai.response.finish_reasons")
                .add(generation.stopReason().name().toLowerCase(Locale.ROOT));
        data.put("night.step", step);
        data.put("night.text", generation.text());
        data.put("night.prompt_hash", Sha256.hex(prompt));
        data.put("night.prefill_ms", generation.prefillTime().toMillis());
        data.put("night.decode_ms", generation.decodeTime().toMillis());
        append(EventType.GENERATION_RECEIVED, data);
        artifacts.text("prompt.txt", prompt + generation.text());
    }

    @Override
    public void rejected(int step, int failures, Reply.OffSchema reply) {
        var data = Json.object();
        data.put("night.step", step);
        data.put("night.failures", failures);
        data.put("error.type", reply.code());
        data.put("night.message", reply.message());
        append(EventType.CALL_REJECTED, data);
    }

    @Override
    public void called(int step, String callId, String tool, ObjectNode arguments) {
        var data = Json.object();
        data.put("night.step", step);
        data.put("gen_ai.tool.name", tool);
        data.put("gen_ai.tool.call.id", callId);
        data.set("gen_ai.tool.call.arguments", arguments);
        append(EventType.TOOL_CALLED, data);
    }

    @Override
    public void returned(String callId, String tool, ToolResult result, Duration elapsed) {
        var data = Json.object();
        data.put("gen_ai.tool.name", tool);
        data.put("gen_ai.tool.call.id", callId);
        data.put("night.ok", result instanceof ToolResult.Returned);
        data.set("gen_ai.tool.call.result", result.json());
        data.put("night.tool_ms", elapsed.toMillis());
        if (!(result instanceof ToolResult.Returned)) {
            data.set("error.type", result.json().get("error"));
        }
        append(EventType.TOOL_RETURNED, data);
    }

    @Override
    public void checked(CheckResult result, Duration elapsed) {
        var data = Json.object();
        data.put("night.check", result.check());
        data.put("night.passed", result.passed());
        if (!result.passed()) {
            data.put("night.message", result.message());
        }
        data.put("night.check_ms", elapsed.toMillis());
        append(EventType.CHECK_FINISHED, data);
        artifacts.append(
                "tests.log",
                (result.passed() ? "passed  " : "FAILED  ")
                        + result.check()
                        + (result.passed() ? "" : ": " + result.message()));
    }

    private void append(EventType type, ObjectNode data) {
        events.accept(new Event(type, task, data));
        if (type == EventType.TOOL_CALLED || type == EventType.TOOL_RETURNED) {
            artifacts.append("tool_calls.jsonl", Json.MAPPER.writeValueAsString(data));
        }
    }
}
