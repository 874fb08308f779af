package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.NightException;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.contract.Json;
import pantheon.night.engine.Alternatives;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Scores;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ScriptedTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;

/** An agent whose model chooses by whole values: a turn is written again where another value is likelier than the one it has. */
class ScoredChoiceTest {
    private static final String FIND = LoopRun.call("find", "{}");
    private static final String DONE = LoopRun.call("final", "{\"status\": \"done\"}");

    @TempDir
    private Path folder;

    private final ScriptedTool find = new ScriptedTool(
            "find",
            "{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}",
            (arguments, task) -> new ToolResult.Returned(
                    Json.parse(
                            "{\"names\": [\"ant\", \"b \\\"ee\\\"\", \"cow\"], \"places\": [\"sea\", \"sky\"], \"mixed\": [\"one\", 1]}")));
    private final ScriptedTool pick =
            new ScriptedTool("pick", """
            {"type": "object", "properties": {"name": {"type": ["string", "integer"]}, "place": {"type": "string"}},
             "required": ["name", "place"], "additionalProperties": false}""", (arguments, task) -> new ToolResult.Returned(arguments));

    private String names = "names";

    private Agent agent(ChatFormat format, String more) {
        return new AgentAssembly(Map.of("find", find, "pick", pick))
                .assemble(Json.parse("""
                {"name": "picker", "version": "1", "model": "m", "input": {"type": "object"},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "find"}, {"name": "pick", "choices": {
                   "name": {"from": "find", "at": "/%s/*"%s}, "place": {"from": "find", "at": "/places/*"%2$s}}}],
                 "limits": {"failures": 1}, "prompt": {"role": "You pick."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}""".formatted(names, more)), format);
    }

    /** Gives answers in their order, and scores in theirs; keeps what it was asked for. */
    private static final class Scripted implements Conversation {
        private final Iterator<String> answers;
        private final Iterator<List<Double>> scores;
        private final List<Alternatives> scored = new ArrayList<>();
        private final List<Prompt> prompts = new ArrayList<>();
        private final List<Duration> limits = new ArrayList<>();
        private int turns;

        Scripted(List<List<Double>> scores, String... answers) {
            this.answers = List.of(answers).iterator();
            this.scores = scores.iterator();
        }

        @Override
        public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits asked) {
            turns++;
            limits.add(asked.timeLimit());
            Objects.requireNonNull(grammar);
            var said = LoopRun.says(answers.next());
            return new Generation(
                    said.text(),
                    said.stopReason(),
                    said.usage(),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    (argument, from, to) -> OptionalDouble.of(0.25));
        }

        @Override
        public Optional<Scores> score(Prompt prompt, Alternatives alternatives, Duration timeLimit) {
            scored.add(alternatives);
            prompts.add(prompt);
            limits.add(timeLimit);
            return scores.hasNext() ? Optional.of(new Scores(scores.next(), Duration.ofSeconds(4))) : Optional.empty();
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public void close() {}
    }

    private LoopRun.Finished run(Scripted model, String more) {
        var files = FolderTask.of(folder, Map.of());
        return LoopRun.on(
                model,
                agent(ChatFormats.QWEN, more),
                Json.object().put("path", "a.md"),
                files,
                List.of(),
                StopSignal.never());
    }

    private static String pick(String name, String place) {
        return LoopRun.call("pick", "{\"name\": %s, \"place\": \"%s\"}".formatted(name, place));
    }

    private static List<Double> logs(double... shares) {
        return java.util.Arrays.stream(shares).mapToObj(Math::log).toList();
    }

    private static String told(Chosen chosen) {
        return "%s %s %s"
                .formatted(
                        chosen.value().map(Json::write).orElse("-"),
                        chosen.scoring(),
                        chosen.likelihood().isPresent() ? chosen.likelihood().getAsDouble() : "-");
    }

    @Test
    void the_likeliest_value_as_a_whole_takes_the_place_of_the_one_on_the_likeliest_path() {
        var model = new Scripted(
                List.of(logs(0.002, 0.005, 0.003), logs(0.06, 0.02)),
                FIND,
                pick("\"cow\"", "sea"),
                pick("\"b \\\"ee\\\"\"", "sky"),
                pick("\"b \\\"ee\\\"\"", "sea"),
                DONE);
        var end = run(model, ", \"score\": \"whole\"");
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals(
                "call-2-1 pick {\"name\": \"b \\\"ee\\\"\", \"place\": \"sea\"}",
                end.run().called.get(1));
        assertEquals(
                List.of("\"b \\\"ee\\\"\" WHOLE 0.5", "\"sea\" WHOLE 0.75"),
                end.run().chosen.get(1).stream().map(ScoredChoiceTest::told).toList());
        assertEquals(
                List.of("- PATH -", "- PATH -"),
                end.run().chosen.getFirst().stream().map(ScoredChoiceTest::told).toList());
    }

    @Test
    void each_value_is_scored_as_it_would_stand_in_the_turn() {
        var model = new Scripted(List.of(logs(0.2, 0.2, 0.6), logs(0.5, 0.4)), FIND, pick("\"cow\"", "sea"), DONE);
        run(model, ", \"score\": \"whole\"");
        var call = pick("\"cow\"", "sea");
        int at = call.indexOf("cow");
        assertEquals(3, model.turns); // what is likeliest stands there already
        assertEquals("sea", model.scored.get(1).values().getFirst());
        assertEquals(
                List.of("ant", "b \\\"ee\\\"", "cow"), model.scored.getFirst().values());
        assertEquals(call.substring(0, at), model.scored.getFirst().before());
        assertEquals(call.substring(at + 3), model.scored.getFirst().behind());
    }

    @Test
    void what_results_add_is_what_counts_where_that_is_asked() {
        var model = new Scripted(
                List.of(logs(0.2, 0.1, 0.1), logs(0.2, 0.1, 0.025), logs(0.9, 0.1), logs(0.5, 0.5)),
                FIND,
                pick("\"ant\"", "sea"),
                pick("\"cow\"", "sea"),
                DONE);
        var end = run(model, ", \"score\": \"gain\"");
        assertEquals(
                List.of("\"cow\" GAIN 0.666667", "\"sea\" GAIN 0.9"),
                end.run().chosen.get(1).stream().map(ScoredChoiceTest::told).toList());
        assertTrue(model.prompts.getFirst().text().contains("\"places\""));
        assertFalse(model.prompts.get(1).text().contains("\"places\""));
        assertEquals(model.prompts.getFirst().prefix(), model.prompts.get(1).prefix());
    }

    @Test
    void an_engine_that_does_not_score_chooses_token_by_token() {
        var end = run(new Scripted(List.of(), FIND, pick("\"cow\"", "sea"), DONE), ", \"score\": \"whole\"");
        assertEquals(
                List.of("\"cow\" PATH 0.25", "\"sea\" PATH 0.25"),
                end.run().chosen.get(1).stream().map(ScoredChoiceTest::told).toList());
        var unasked = new Scripted(List.of(logs(0.1, 0.1, 0.8)), FIND, pick("\"ant\"", "sea"), DONE);
        run(unasked, "");
        assertEquals(List.of(), unasked.scored);
    }

    @Test
    void texts_and_numbers_beside_one_another_are_chosen_token_by_token() {
        names = "mixed";
        var model = new Scripted(List.of(logs(0.1, 0.9)), FIND, pick("1", "sea"), pick("1", "sky"), DONE);
        var end = run(model, ", \"score\": \"whole\"");
        assertEquals(
                List.of("1 PATH 0.25", "\"sky\" WHOLE 0.9"),
                end.run().chosen.get(1).stream().map(ScoredChoiceTest::told).toList());
    }

    @Test
    void a_choice_that_is_less_likely_as_a_whole_than_the_agent_asks_declines() {
        var model = new Scripted(List.of(logs(0.3, 0.3, 0.4), logs(0.9, 0.1)), FIND, pick("\"cow\"", "sea"));
        var end = run(model, ", \"score\": \"whole\", \"leastConfidence\": 0.5");
        assertEquals(FinishReason.DECLINED, end.reason());
        assertEquals("unsure", end.ending().message());
    }

    @Test
    void all_that_is_computed_for_a_turn_is_within_the_turn_s_time() {
        var model = new Scripted(
                List.of(logs(0.5, 0.3, 0.2), logs(0.5, 0.4)),
                FIND,
                pick("\"cow\"", "sea"),
                pick("\"ant\"", "sea"),
                DONE);
        run(model, ", \"score\": \"whole\"");
        var whole = model.limits.get(1);
        assertEquals(
                List.of(whole, whole.minusSeconds(3), whole.minusSeconds(7), whole.minusSeconds(10)),
                model.limits.subList(1, 5));
    }

    @Test
    void who_scores_values_holds_turns_to_a_grammar() {
        var file = Json.parse("""
                {"name": "picker", "version": "1", "model": "m", "input": {"type": "object"}, "constrained": false,
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}}},
                 "tools": [{"name": "find"},
                           {"name": "pick", "choices": {"name": {"from": "find", "at": "/a", "score": "whole"}}}],
                 "prompt": {"role": "You pick."}, "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}""");
        var assembly = new AgentAssembly(Map.of("find", find, "pick", pick));
        var refused = assertThrows(NightException.class, () -> assembly.assemble(file, ChatFormats.QWEN));
        assertTrue(
                refused.getMessage().contains("tool pick has a choice with score, which needs turns"),
                refused.getMessage());
    }
}
