package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Likelihood;
import pantheon.night.grammar.TokenMasks;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.grammar.token.TokenTrie;
import pantheon.night.grammar.token.Vocabulary;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ScriptedTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;

/** An agent that may only pick what another tool has found: what each of its turns is held to, and what runs. */
class ChosenFromResultsTest {
    private static final TokenMasks BYTES = new TokenMasks(bytes());
    private static final Vocabulary NO_TOKENS = Vocabulary.of(Json.parse("""
            {"model": {"vocab": {"a": 0}}, "added_tokens": [], "pre_tokenizer": {"type": "ByteLevel"},
             "decoder": {"type": "ByteLevel"}}"""));
    private static final String FIND = LoopRun.call("find", "{}");
    private static final String DONE = LoopRun.call("final", "{\"status\": \"done\"}");

    @TempDir
    Path folder;

    /** What {@code find} returns, one result a call. */
    private final List<String> results = new ArrayList<>();

    private final ScriptedTool find = new ScriptedTool(
            "find",
            "{\"type\": \"object\", \"properties\": {}, \"additionalProperties\": false}",
            (arguments, task) -> new ToolResult.Returned(Json.parse(results.removeFirst())));
    private final ScriptedTool pick =
            new ScriptedTool("pick", """
            {"type": "object", "properties": {"name": {"type": ["string", "integer"]}}, "required": ["name"],
             "additionalProperties": false}""", (arguments, task) -> new ToolResult.Returned(arguments));

    private static TokenTrie bytes() {
        var tokens = new byte[256][];
        for (int b = 0; b < tokens.length; b++) {
            tokens[b] = new byte[] {(byte) b};
        }
        return new TokenTrie(tokens);
    }

    private Agent agent(ChatFormat format) {
        return agent(format, "");
    }

    /** @param more behind the pointer of the choice */
    private Agent agent(ChatFormat format, String more) {
        return new AgentAssembly(Map.of("find", find, "pick", pick)).assemble(Json.parse("""
                {"name": "picker", "version": "1", "model": "m", "input": {"type": "object"},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "find"}, {"name": "pick", "choices": {"name": {"from": "find", "at": "/names/*"%s}}}],
                 "limits": {"identicalCalls": 9, "failures": 1}, "prompt": {"role": "You pick."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}""".formatted(more)), format);
    }

    /** Gives answers in their order, and keeps what each was to be held to. */
    private static final class Scripted implements Conversation {
        private final Iterator<String> answers;
        private Likelihood likelihood = Likelihood.UNTOLD;
        private final List<TurnGrammar> grammars = new ArrayList<>();

        Scripted(String... answers) {
            this.answers = List.of(answers).iterator();
        }

        @Override
        public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
            grammars.add(Objects.requireNonNull(grammar));
            var said = LoopRun.says(answers.next());
            return new Generation(
                    said.text(), said.stopReason(), said.usage(), Duration.ZERO, Duration.ZERO, likelihood);
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public void close() {}

        /** Whether a turn could have been this answer. */
        boolean allowed(int turn, String answer) {
            var matcher = grammars.get(turn - 1).open(NO_TOKENS, BYTES);
            for (byte b : answer.getBytes(StandardCharsets.UTF_8)) {
                if (!matcher.take(b & 0xFF)) {
                    return false;
                }
            }
            return matcher.mayEnd();
        }
    }

    private LoopRun.Finished run(Scripted model, ChatFormat format) {
        var files = FolderTask.of(folder, Map.of("a.md", "A"));
        var input = Json.object().put("path", "a.md");
        return LoopRun.on(model, agent(format), input, files, List.of(), StopSignal.never());
    }

    private static String pick(String json) {
        return LoopRun.call("pick", "{\"name\": %s}".formatted(json));
    }

    @Test
    void each_turn_offers_what_the_results_before_it_brought() {
        results.addAll(List.of("{\"names\": [\"ant\", \"bee\", 7]}", "{\"names\": [\"cat\", \"ant\"]}"));
        var model = new Scripted(FIND, pick("7"), FIND, pick("\"cat\""), DONE);
        var end = run(model, ChatFormats.QWEN);
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals(
                List.of("call-2-1 pick {\"name\": 7}", "call-4-1 pick {\"name\": \"cat\"}"),
                end.run().called.stream().filter(call -> call.contains("pick")).toList());

        assertFalse(model.allowed(1, pick("\"ant\"")));
        assertTrue(model.allowed(1, FIND) && model.allowed(1, DONE));
        assertTrue(
                model.allowed(2, pick("\"ant\"")) && model.allowed(2, pick("\"bee\"")) && model.allowed(2, pick("7")));
        assertFalse(
                model.allowed(2, pick("\"cat\"")) || model.allowed(2, pick("\"7\"")) || model.allowed(2, pick("8")));
        assertTrue(model.allowed(4, pick("\"cat\"")) && model.allowed(4, pick("\"ant\"")));
        assertSame(model.grammars.get(1), model.grammars.get(2)); // a result that brings nothing new changes nothing
        assertEquals(
                List.of(0, 3, 3, 4, 4),
                end.run().offered.stream()
                        .map(offers -> offers.getFirst().values().size())
                        .toList());
    }

    @Test
    void the_same_results_give_two_tasks_the_same_grammar() {
        var agent = agent(ChatFormats.QWEN);
        var input = Json.object();
        var grammars = new ArrayList<TurnGrammar>();
        for (int i = 0; i < 2; i++) {
            results.add("{\"names\": [\"ant\"]}");
            var model = new Scripted(FIND, DONE);
            LoopRun.on(model, agent, input, FolderTask.of(folder, Map.of()), List.of(), StopSignal.never());
            grammars.add(model.grammars.getLast());
        }
        assertSame(grammars.getFirst(), grammars.getLast());
    }

    @Test
    void what_was_not_offered_does_not_run() {
        results.add("{\"names\": [\"ant\"]}");
        var model = new Scripted(pick("\"ant\""), FIND, pick("\"bee\""));
        var end = run(model, ChatFormats.QWEN);
        assertEquals(FinishReason.SCHEMA_FAILURES, end.reason());
        assertEquals(
                List.of("schema", "schema"),
                end.run().rejected.stream().map(Reply.OffSchema::code).toList());
        assertEquals(0, pick.runs());
    }

    @Test
    void two_calls_of_one_turn_know_of_the_results_before_the_turn() {
        results.addAll(List.of("{\"names\": [\"ant\"]}", "{\"names\": [\"ant\"]}"));
        var end = run(new Scripted(FIND + "\n" + pick("\"ant\""), FIND, pick("\"ant\""), DONE), ChatFormats.QWEN);
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals(1, end.run().rejected.size());
        assertEquals(1, pick.runs());
    }

    @Test
    void a_bare_seven_is_the_text_that_was_offered_and_not_a_number() {
        results.add("{\"names\": [\"7\"]}");
        var call = "<tool_call>\n<function=pick>\n<parameter=name>\n7\n</parameter>\n</function>\n</tool_call>";
        var found = "<tool_call>\n<function=find>\n</function>\n</tool_call>";
        var done = "<tool_call>\n<function=final>\n<parameter=status>\ndone\n</parameter>\n</function>\n</tool_call>";
        var model = new Scripted(found, call, done);
        var end = run(model, ChatFormats.named("qwen-xml"));
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals("call-2-1 pick {\"name\": \"7\"}", end.run().called.get(1));
        assertTrue(model.allowed(2, call));
        assertFalse(model.allowed(1, call));
    }

    /** Runs with a likelihood of 0.7 for the bytes of the value and what ends it, and none for any others. */
    private LoopRun.Finished sure(String value, String call, ChatFormat format, String more) {
        results.add("{\"names\": [\"7\", \"a \\\"b\\\"\", \"ä\", 5, \"name\"]}");
        boolean isXml = !format.equals(ChatFormats.QWEN);
        var find = isXml ? "<tool_call>\n<function=find>\n</function>\n</tool_call>" : FIND;
        var done = isXml
                ? "<tool_call>\n<function=final>\n<parameter=status>\ndone\n</parameter>\n</function>\n</tool_call>"
                : DONE;
        var model = new Scripted(find, call, done);
        var bytes = call.getBytes(StandardCharsets.UTF_8);
        model.likelihood = (argument, from, to) -> argument.equals("name")
                        && new String(bytes, from, to - from - 1, StandardCharsets.UTF_8).equals(value)
                        && "\"\n}".indexOf(bytes[to - 1]) >= 0
                ? OptionalDouble.of(0.7)
                : OptionalDouble.empty();
        var files = FolderTask.of(folder, Map.of());
        var input = Json.object().put("path", "a.md");
        return LoopRun.on(model, agent(format, more), input, files, List.of(), StopSignal.never());
    }

    private static String likelihoods(LoopRun.Finished end) {
        return end.run().chosen.stream()
                .map(chosen -> chosen.getFirst().likelihood())
                .map(likelihood -> likelihood.isPresent() ? String.valueOf(likelihood.getAsDouble()) : "-")
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "7"            | 7
            "a \\"b\\""    | a \\"b\\"
            "ä"            | ä
            5              | 5
            "name"         | name
            """)
    void the_value_is_found_in_the_text_of_the_turn(String json, String value) {
        assertEquals("- 0.7 -", likelihoods(sure(value, pick(json), ChatFormats.QWEN, "")));
    }

    @Test
    void it_is_found_in_a_turn_that_is_no_json() {
        var call = "<tool_call>\n<function=pick>\n<parameter=name>\nname\n</parameter>\n</function>\n</tool_call>";
        assertEquals("- 0.7 -", likelihoods(sure("name", call, ChatFormats.named("qwen-xml"), "")));
    }

    @Test
    void a_model_that_is_less_sure_than_the_agent_asks_declines_and_nothing_runs() {
        var enough = sure("ä", pick("\"ä\""), ChatFormats.QWEN, ", \"leastConfidence\": 0.7");
        assertEquals(FinishReason.ACCEPTED, enough.reason());
        assertEquals(1, pick.runs());
        var unsure = sure("ä", pick("\"ä\""), ChatFormats.QWEN, ", \"leastConfidence\": 0.71");
        assertEquals(FinishReason.DECLINED, unsure.reason());
        assertEquals("unsure", unsure.ending().message());
        assertEquals(1, pick.runs());
        assertEquals("- 0.7", likelihoods(unsure));
        assertEquals(2, unsure.ending().progress().steps());
    }

    @Test
    void a_model_that_does_not_tell_is_never_sure_enough() {
        var unsure = sure("other", pick("\"ä\""), ChatFormats.QWEN, ", \"leastConfidence\": 0.01");
        assertEquals("unsure", unsure.ending().message());
        assertEquals("- -", likelihoods(unsure));
    }

    @Test
    void who_asks_for_confidence_holds_turns_to_a_grammar() {
        var file = Json.parse("""
                {"name": "picker", "version": "1", "model": "m", "input": {"type": "object"}, "constrained": false,
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}}},
                 "tools": [{"name": "find"},
                           {"name": "pick", "choices": {"name": {"from": "find", "at": "/a", "leastConfidence": 0.5}}}],
                 "prompt": {"role": "You pick."}, "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}""");
        var assembly = new AgentAssembly(Map.of("find", find, "pick", pick));
        var refused = assertThrows(
                NightException.class, () -> assembly.assemble(file, ChatFormats.QWEN, pointer -> "a.yaml:1"));
        assertEquals(ExitCode.CONFIG, refused.exitCode());
        assertTrue(
                refused.getMessage()
                        .startsWith("a.yaml:1: agent picker: tool pick has a choice with leastConfidence, which needs"),
                refused.getMessage());
    }
}
