package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.contract.Json;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.ScriptedTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;

/** Every task ends with a named reason and within its bounds, whatever the model answers. */
class TerminationTest {
    private static final int RUNS = 100_000;
    private static final long SEED = 42;

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final List<BoundTool> tools = List.of(
            new ScriptedTool(
                            "good",
                            """
                    {"type": "object", "properties": {"n": {"type": "integer", "minimum": 0}}, "required": ["n"]}""",
                            (arguments, task) ->
                                    new ToolResult.Returned(Json.object().set("n", arguments.get("n"))))
                    .unbound(),
            new ScriptedTool(
                            "bad",
                            "{\"type\": \"object\", \"properties\": {}}",
                            (arguments, task) -> new ToolResult.Failed("bad", "it failed"))
                    .unbound(),
            new ScriptedTool(
                            "off",
                            Json.parse("{\"type\": \"object\", \"properties\": {}}"),
                            "{\"type\": \"object\"}",
                            (arguments, task) ->
                                    new ToolResult.Returned(Json.object().arrayNode()))
                    .unbound());

    @Test
    void any_answers_end_with_a_named_reason_within_the_bounds() {
        var files = FolderTask.of(directory, Map.of());
        var reached = new EnumMap<FinishReason, Integer>(FinishReason.class);
        var agents = List.of(
                agent(new Limits(6, 3, 2, 2, 9, 50, 200, 1, Duration.ofSeconds(10), Duration.ofSeconds(60))),
                agent(new Limits(3, 9, 9, 9, 0, 90, 900, 0, Duration.ofSeconds(10), Duration.ofSeconds(60))),
                agent(new Limits(4, 0, 0, 1, 9, 1, 1, 0, Duration.ofSeconds(10), Duration.ofSeconds(60))));
        for (int run = 0; run < RUNS; run++) {
            var agent = agents.get(random.nextInt(agents.size()));
            var limits = agent.limits();
            int stopAt = random.nextInt(20) == 0 ? random.nextInt(4) : Integer.MAX_VALUE;
            var answers = new RandomAnswers();
            StopSignal stop =
                    () -> answers.given >= stopAt ? Optional.of(FinishReason.WINDOW_CLOSED) : Optional.empty();
            var end = LoopRun.on(answers, agent, Json.object().put("path", "a.md"), files, List.of(), stop);

            var progress = end.ending().progress();
            assertNotNull(end.reason());
            assertEquals(answers.given, progress.steps());
            assertTrue(progress.steps() <= limits.steps());
            assertTrue(progress.failures() <= limits.failures() + 1);
            assertTrue(progress.outputTokens() <= limits.taskTokens());
            assertTrue(progress.repeats() <= limits.identicalCalls() + 1);
            reached.merge(end.reason(), 1, Integer::sum);
        }
        var expected = EnumSet.of(
                FinishReason.ACCEPTED,
                FinishReason.NOT_ACCEPTED,
                FinishReason.DECLINED,
                FinishReason.STEP_LIMIT,
                FinishReason.SCHEMA_FAILURES,
                FinishReason.TOOL_ERRORS,
                FinishReason.IDENTICAL_CALLS,
                FinishReason.NO_PROGRESS,
                FinishReason.TOKEN_LIMIT,
                FinishReason.CONTEXT_FULL,
                FinishReason.TASK_TIMEOUT,
                FinishReason.WINDOW_CLOSED);
        assertEquals(expected, reached.keySet());
        assertTrue(reached.values().stream().allMatch(times -> times > 100), reached.toString());
    }

    private Agent agent(Limits limits) {
        return LoopRun.held(limits, tools, new Check() {
            @Override
            public String name() {
                return "chance";
            }

            @Override
            public CheckResult check(pantheon.night.acceptance.Work work) {
                return new CheckResult(name(), random.nextBoolean(), "by chance");
            }
        });
    }

    /** Answers by chance: calls, finals, malformed calls, garbage, each whole or cut off in any way. */
    private final class RandomAnswers implements Conversation {
        private static final String PIECES = "<tool_call>\n{\"name\": \"good\", \"arguments\": {}}\n</tool_call>";
        int given;

        @Override
        public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
            given++;
            int tokens = random.nextInt(limits.maxTokens() + 1);
            var reasons = StopReason.values();
            var stop = random.nextInt(10) == 0 ? reasons[random.nextInt(reasons.length)] : StopReason.END_OF_TURN;
            return new Generation(
                    text(), stop, new Usage(prompt.text().length(), 0, tokens), Duration.ZERO, Duration.ZERO);
        }

        private String text() {
            // Calls that run are the dear ones, so most of the answers are others.
            return switch (random.nextInt(20)) {
                case 0, 1 -> LoopRun.call("good", "{\"n\": %d}".formatted(random.nextInt(2)));
                case 2 -> LoopRun.call(random.nextBoolean() ? "bad" : "off", "{}");
                case 3 ->
                    random.nextInt(4) == 0 ? LoopRun.call("bad", "{}") + "\n" + LoopRun.call("good", "{\"n\": 7}") : "";
                case 4, 5 -> LoopRun.call("final", "{\"status\": \"done\"}");
                case 6 -> LoopRun.call("final", "{\"status\": \"fail\"}");
                case 7 -> LoopRun.call("good", "{\"n\": -1}");
                case 8 -> LoopRun.call("none", "{}");
                case 9, 10, 11, 12, 13 -> mutated(LoopRun.call("good", "{\"n\": 1}"));
                default -> garbage();
            };
        }

        private String mutated(String call) {
            var text = new StringBuilder(call);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
                    case 2 -> text.insert(at, PIECES, 0, random.nextInt(PIECES.length()));
                    default -> throw new IllegalStateException("3 ways");
                }
            }
            return text.toString();
        }

        private String garbage() {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.appendCodePoint(
                        random.nextInt(4) == 0
                                ? random.nextInt(0x300)
                                : PIECES.charAt(random.nextInt(PIECES.length())));
            }
            return text.toString();
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public void close() {}
    }
}
