package pantheon.night.batch;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.Reply;
import pantheon.night.agent.TaskLog;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.artifact.Artifacts;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.contract.WholeText;
import pantheon.night.engine.Generation;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.CallRejected;
import pantheon.night.journal.NightEvent.CheckFinished;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.Limited;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.Tokens;
import pantheon.night.journal.NightEvent.ToolCalled;
import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.tool.Choice;
import pantheon.night.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/** Tells a loop's steps as events, and writes them into the task's artifacts. */
public final class JournalTaskLog implements TaskLog {
    private final String task;
    private final String model;
    private final Consumer<NightEvent> events;
    private final Artifacts artifacts;
    private final Supplier<@Nullable Duration> waited;

    /** Of a task that no other is under way beside. */
    public JournalTaskLog(String task, String model, Consumer<NightEvent> events, Artifacts artifacts) {
        this(task, model, events, artifacts, () -> null);
    }

    /** @param waited how long the last turn waited for those of other tasks, null where there could be none */
    JournalTaskLog(
            String task,
            String model,
            Consumer<NightEvent> events,
            Artifacts artifacts,
            Supplier<@Nullable Duration> waited) {
        this.task = task;
        this.model = model;
        this.events = events;
        this.artifacts = artifacts;
        this.waited = waited;
    }

    @Override
    public void generated(int step, String prompt, Generation generation, List<Chosen> chosen) {
        var usage = generation.usage();
        var cached = usage.cachedTokens();
        var queued = waited.get();
        events.accept(new GenerationReceived(
                task,
                model,
                new Tokens(usage.inputTokens(), cached == null ? null : cached.longValue(), usage.outputTokens()),
                usage.forcedTokens(),
                generation.stopReason(),
                step,
                generation.text(),
                Sha256.hex(prompt),
                generation.prefillTime().toMillis(),
                generation.decodeTime().toMillis(),
                queued == null ? null : queued.toMillis(),
                chosen.stream().flatMap(JournalTaskLog::limited).toList()));
        artifacts.text("prompt.txt", prompt + generation.text());
    }

    /** What results had brought for an argument; what the input lists stands in the input. */
    private static Stream<Limited> limited(Chosen chosen) {
        var offer = chosen.offer();
        return switch (offer.choice()) {
            case Choice.FromInput input -> Stream.of();
            case Choice.FromResults from ->
                Stream.of(new Limited(
                        offer.tool(),
                        offer.argument(),
                        from.tool(),
                        from.at().toString(),
                        offer.values().size(),
                        offer.leftOut(),
                        chosen.value().orElse(null),
                        chosen.likelihood().isPresent() ? chosen.likelihood().getAsDouble() : null,
                        chosen.scoring()));
        };
    }

    @Override
    public void rejected(int step, int failures, Reply.OffSchema reply) {
        events.accept(new CallRejected(task, step, failures, reply.code(), reply.message()));
    }

    @Override
    public void called(int step, String callId, String tool, ObjectNode arguments) {
        append(new ToolCalled(task, step, tool, callId, arguments));
    }

    @Override
    public void returned(String callId, String tool, ToolResult result, Duration elapsed) {
        boolean ok = result instanceof ToolResult.Returned;
        var error = ok ? null : result.json().required("error").stringValue();
        append(new ToolReturned(task, tool, callId, ok, result.json(), elapsed.toMillis(), error));
    }

    @Override
    public void checked(CheckResult result, Duration elapsed) {
        var message = result.passed() ? null : WholeText.of(result.message());
        events.accept(new CheckFinished(task, result.check(), result.passed(), message, elapsed.toMillis()));
        artifacts.append(
                "tests.log",
                (result.passed() ? "passed  " : "FAILED  ")
                        + result.check()
                        + (result.passed() ? "" : ": " + result.message()));
    }

    /** What a tool was asked and said stands in the artifacts, too. */
    private void append(TaskEvent event) {
        events.accept(event);
        artifacts.append("tool_calls.jsonl", Json.MAPPER.writeValueAsString(EventCodec.data(event)));
    }
}
