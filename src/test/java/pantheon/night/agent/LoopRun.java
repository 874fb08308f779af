package pantheon.night.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import pantheon.night.SetClock;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.Generation;
import pantheon.night.engine.Usage;
import pantheon.night.engine.recorded.RecordedEngine;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.ThickPrompt;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.Offer;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/** One run of the real loop over recorded answers, with everything that it wrote into its log. */
final class LoopRun implements TaskLog {
    static final Limits LIMITS = new Limits(8, 2, 2, 2, 4, 100, 2000, 1, Duration.ofSeconds(10), Duration.ofMinutes(1));
    private static final Schema OUTPUT = Schema.compile("output", Json.parse("""
            {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}, "reason": {"type": "string"}},
             "required": ["status"], "additionalProperties": false}"""));
    private static final EngineModel MODEL =
            new EngineModel("recorded", "0".repeat(64), 4096, List.of(), "process:test");

    final List<String> prompts = new ArrayList<>();
    final List<List<Chosen>> chosen = new ArrayList<>();
    final List<List<Offer>> offered = new ArrayList<>();
    final List<String> answers = new ArrayList<>();
    final List<Reply.OffSchema> rejected = new ArrayList<>();
    final List<String> called = new ArrayList<>();
    final List<ToolResult> returned = new ArrayList<>();
    final List<CheckResult> checked = new ArrayList<>();

    private LoopRun() {}

    static Agent agent(Limits limits, List<BoundTool> tools, Check... checks) {
        return agent(limits, tools, Optional.empty(), checks);
    }

    /** An agent whose turns are held to its tools. */
    static Agent held(Limits limits, List<BoundTool> tools, Check... checks) {
        var grammar = TurnGrammar.of(ChatFormats.QWEN.call(), Agent.cards(tools, OUTPUT));
        return agent(limits, tools, Optional.of(grammar), checks);
    }

    private static Agent agent(Limits limits, List<BoundTool> tools, Optional<TurnGrammar> grammar, Check... checks) {
        return new Agent(
                "test.agent",
                "1",
                "recorded",
                Schema.compile("input", Json.object().put("type", "object")),
                OUTPUT,
                tools,
                limits,
                ChatFormats.QWEN,
                new ThickPrompt("You are a test.", List.of(), List.of(), List.of(), ""),
                List.of(checks),
                Map.of(),
                OptionalInt.empty(),
                grammar);
    }

    /** A run, with what came of it. */
    record Finished(LoopRun run, Ending ending) {
        List<String> prompts() {
            return run.prompts;
        }

        FinishReason reason() {
            return ending.reason();
        }
    }

    static Finished of(Agent agent, ObjectNode input, TaskFiles files, Generation... recorded) {
        return of(agent, input, files, List.of(), StopSignal.never(), recorded);
    }

    static Finished of(
            Agent agent,
            ObjectNode input,
            TaskFiles files,
            List<String> controlTexts,
            StopSignal stop,
            Generation... recorded) {
        try (var engine = new RecordedEngine(MODEL, List.of(List.of(recorded)));
                var conversation = engine.open()) {
            return on(conversation, agent, input, files, controlTexts, stop);
        }
    }

    static Finished on(
            Conversation conversation,
            Agent agent,
            ObjectNode input,
            TaskFiles files,
            List<String> controlTexts,
            StopSignal stop) {
        var run = new LoopRun();
        var loop = new ToolLoop(
                agent,
                input,
                files,
                conversation,
                agent.format().control(controlTexts),
                new SetClock(Instant.EPOCH),
                stop,
                run);
        return new Finished(run, loop.run());
    }

    /** A complete turn. */
    static Generation says(String text) {
        return new Generation(text, StopReason.END_OF_TURN, new Usage(100, 50, 20), Duration.ZERO, Duration.ZERO);
    }

    /** A turn that was cut off. */
    static Generation cutOff(StopReason reason, String text) {
        return new Generation(text, reason, new Usage(100, 50, 20), Duration.ZERO, Duration.ZERO);
    }

    /** A call as the template writes it. */
    static String call(String tool, String arguments) {
        return "<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>"
                .formatted(tool, Json.write(Json.parse(arguments)));
    }

    static Generation calls(String tool, String arguments) {
        return says(call(tool, arguments));
    }

    static Generation done() {
        return calls("final", "{\"status\": \"done\"}");
    }

    @Override
    public void generated(int step, String prompt, Generation generation, List<Chosen> made) {
        prompts.add(prompt);
        chosen.add(made);
        offered.add(made.stream().map(Chosen::offer).toList());
        answers.add(generation.text());
    }

    @Override
    public void rejected(int step, int failures, Reply.OffSchema reply) {
        rejected.add(reply);
    }

    @Override
    public void called(int step, String callId, String tool, ObjectNode arguments) {
        called.add(callId + " " + tool + " " + Json.write(arguments));
    }

    @Override
    public void returned(String callId, String tool, ToolResult result, Duration elapsed) {
        returned.add(result);
    }

    @Override
    public void checked(CheckResult result, Duration elapsed) {
        checked.add(result);
    }
}
