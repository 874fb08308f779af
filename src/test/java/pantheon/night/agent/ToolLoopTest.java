package pantheon.night.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pantheon.night.agent.LoopRun.call;
import static pantheon.night.agent.LoopRun.calls;
import static pantheon.night.agent.LoopRun.cutOff;
import static pantheon.night.agent.LoopRun.done;
import static pantheon.night.agent.LoopRun.says;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Work;
import pantheon.night.contract.Json;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.Binding;
import pantheon.night.tool.BoundTool;
import pantheon.night.tool.ScriptedTool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.FolderTask;
import pantheon.night.workspace.files.PathRefused;

/** The loop over recorded answers, with real tools on real files. */
class ToolLoopTest {
    @TempDir
    Path directory;

    private FolderTask files;
    private final ScriptedTool read = new ScriptedTool("read", """
            {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"],
             "additionalProperties": false}""", (arguments, task) -> {
        var text = new String(task.files().read(arguments.required("path").stringValue()), UTF_8);
        return new ToolResult.Returned(Json.object().put("text", text));
    });
    private final ScriptedTool write = new ScriptedTool("write", """
            {"type": "object", "properties": {"path": {"type": "string"}, "text": {"type": "string"}},
             "required": ["path", "text"], "additionalProperties": false}""", (arguments, task) -> {
        task.files()
                .write(
                        arguments.required("path").stringValue(),
                        arguments.required("text").stringValue().getBytes(UTF_8));
        return new ToolResult.Returned(Json.object());
    });

    @BeforeEach
    void lay_out() {
        files = FolderTask.of(directory, Map.of("a.md", "A", "b.md", "B"));
    }

    private LoopRun.Finished run(Generation... recorded) {
        return run(LoopRun.LIMITS, recorded);
    }

    private LoopRun.Finished run(Limits limits, Generation... recorded) {
        var agent = LoopRun.agent(limits, List.of(read.unbound(), write.unbound()), new Holds("a.md", "new"));
        return LoopRun.of(agent, Json.object().put("path", "a.md"), files, recorded);
    }

    /** A file holds a text. */
    private record Holds(String path, String text) implements Check {
        @Override
        public String name() {
            return "holds";
        }

        @Override
        public CheckResult check(Work work) {
            try {
                var now = new String(work.changes().content(path), UTF_8);
                return new CheckResult(name(), now.equals(text), "it holds " + now);
            } catch (PathRefused e) {
                return CheckResult.impossible(name(), String.valueOf(e.getMessage()));
            }
        }
    }

    private static Generation writes(String text) {
        return calls("write", "{\"path\": \"a.md\", \"text\": \"%s\"}".formatted(text));
    }

    private static Generation reads(String path) {
        return calls("read", "{\"path\": \"%s\"}".formatted(path));
    }

    @Test
    void two_texts_written_in_turn_are_no_progress() {
        var end = run(
                writes("this"),
                writes("that"),
                writes("this"),
                writes("that"),
                writes("this"),
                writes("that"),
                writes("this"),
                done());
        assertEquals(FinishReason.NO_PROGRESS, end.reason());
        assertEquals(LoopRun.LIMITS.idleSteps() + 3, end.ending().progress().steps()); // two of them were new
    }

    @Test
    void who_only_reads_makes_progress_as_long_as_it_is_new() {
        var content = new TreeMap<String, String>();
        IntStream.range(0, 6).forEach(number -> content.put("%d.md".formatted(number), "text %d".formatted(number)));
        content.put("a.md", "A");
        files = FolderTask.of(directory.resolve("more"), content);
        var end = run(
                reads("0.md"),
                reads("1.md"),
                reads("2.md"),
                reads("3.md"),
                reads("4.md"),
                reads("5.md"),
                writes("new"),
                done());
        assertEquals(FinishReason.ACCEPTED, end.reason());
    }

    @Test
    void an_accepted_task_is_read_written_checked_and_ended() {
        var end = run(
                calls("read", "{\"path\": \"a.md\"}"),
                calls("write", "{\"path\": \"a.md\", \"text\": \"new\"}"),
                done());
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals(
                List.of("call-1-1 read {\"path\": \"a.md\"}", "call-2-1 write {\"path\": \"a.md\", \"text\": \"new\"}"),
                end.run().called);
        assertEquals(List.of(new CheckResult("holds", true, "it holds new")), end.run().checked);
        assertEquals(Json.parse("{\"status\": \"done\"}"), end.ending().output());
        assertEquals(
                new Progress(
                        3,
                        0,
                        0,
                        end.ending().progress().lastCalls(),
                        1,
                        300,
                        150L,
                        60,
                        end.ending().progress().novelty()),
                end.ending().progress());
        assertEquals("""
                <|im_start|>system
                You are a test.

                # Tools

                You may call one or more functions to assist with the user query.

                You are provided with function signatures within <tools></tools> XML tags:
                <tools>
                {"type": "function", "function": {"name": "read", "description": "Does what the test says.", \
                "parameters": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"], \
                "additionalProperties": false}}}
                {"type": "function", "function": {"name": "write", "description": "Does what the test says.", \
                "parameters": {"type": "object", "properties": {"path": {"type": "string"}, "text": \
                {"type": "string"}}, "required": ["path", "text"], "additionalProperties": false}}}
                {"type": "function", "function": {"name": "final", "description": "End the task.", "parameters": \
                {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}, "reason": \
                {"type": "string"}}, "required": ["status"], "additionalProperties": false}}}
                </tools>

                For each function call, return a json object with function name and arguments within \
                <tool_call></tool_call> XML tags:
                <tool_call>
                {"name": <function-name>, "arguments": <args-json-object>}
                </tool_call><|im_end|>
                <|im_start|>user
                {"path": "a.md"}<|im_end|>
                <|im_start|>assistant
                <tool_call>
                {"name": "read", "arguments": {"path": "a.md"}}
                </tool_call><|im_end|>
                <|im_start|>user
                <tool_response>
                {"text": "A"}
                </tool_response><|im_end|>
                <|im_start|>assistant
                """, end.prompts().get(1));
    }

    @Test
    void a_task_that_its_agent_declines_is_not_checked() {
        var end = run(calls("final", "{\"status\": \"fail\", \"reason\": \"no_title\"}"));
        assertEquals(FinishReason.DECLINED, end.reason());
        assertEquals("no_title", end.ending().message());
        assertEquals(List.of(), end.run().checked);
    }

    @Test
    void work_that_fails_a_check_is_not_accepted() {
        var end = run(done());
        assertEquals(FinishReason.NOT_ACCEPTED, end.reason());
        assertEquals("holds: it holds A", end.ending().message());
    }

    @Test
    void the_two_fixed_texts_and_nothing_else_of_ours_answer_what_is_off_schema() {
        var end = run(
                says("Let me see."),
                calls("read", "{\"file\": \"a.md\"}"),
                calls("write", "{\"path\": \"a.md\", \"text\": \"new\"}"),
                done());
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals(
                List.of("no_tool_call_tag", "schema"),
                end.run().rejected.stream().map(Reply.OffSchema::code).toList());
        var opening = end.prompts().getFirst();
        assertEquals(opening + """
                Let me see.<|im_end|>
                <|im_start|>user
                Your reply was not one complete tool call. Reply with a tool call and nothing else.<|im_end|>
                <|im_start|>assistant
                <tool_call>
                {"name": "read", "arguments": {"file": "a.md"}}
                </tool_call><|im_end|>
                <|im_start|>user
                Your tool call does not fit the tool's schema. Reply with a tool call that fits it.<|im_end|>
                <|im_start|>assistant
                """, end.prompts().get(2));
    }

    @Test
    void too_many_replies_off_schema_end_the_task() {
        var end = run(says("a"), calls("rm", "{}"), says(call("read", "{\"path\": \"a.md\"}") + "!"));
        assertEquals(FinishReason.SCHEMA_FAILURES, end.reason());
        assertEquals("text_after_call: text follows a call", end.ending().message());
        assertEquals(0, read.runs());
    }

    @Test
    void nothing_runs_that_does_not_validate() {
        var limits = new Limits(50, 50, 0, 2, 50, 100, 9000, 1, Duration.ofSeconds(10), Duration.ofMinutes(1));
        var good = call("write", "{\"path\": \"a.md\", \"text\": \"new\"}");
        var end = run(
                limits,
                calls("write", "{}"),
                calls("write", "{\"path\": \"a.md\"}"),
                calls("write", "{\"path\": 1, \"text\": \"new\"}"),
                calls("write", "{\"path\": \"a.md\", \"text\": \"new\", \"mode\": 7}"),
                calls("Write", "{\"path\": \"a.md\", \"text\": \"new\"}"),
                // One bad call in a turn keeps the good one from running, whichever comes first.
                says(good + "\n" + call("write", "{}")),
                says(call("read", "{}") + "\n" + good),
                says(good + "\n" + call("final", "{\"status\": \"done\"}")),
                says(good.replace("</tool_call>", "")),
                calls("final", "{\"status\": \"maybe\"}"),
                done());
        assertEquals(FinishReason.NOT_ACCEPTED, end.reason());
        assertEquals(10, end.run().rejected.size());
        assertEquals(0, read.runs() + write.runs());
        assertEquals(List.of(), end.run().called);

        run(limits, says(good), done());
        assertEquals(1, write.runs()); // the control
    }

    @Test
    void a_call_that_was_cut_off_never_runs() {
        var good = call("write", "{\"path\": \"a.md\", \"text\": \"new\"}");
        var end = run(
                cutOff(StopReason.TOKEN_LIMIT, good),
                cutOff(StopReason.TOKEN_LIMIT, good.substring(0, good.length() - 1)),
                cutOff(StopReason.TOKEN_LIMIT, call("final", "{\"status\": \"done\"}")));
        assertEquals(FinishReason.SCHEMA_FAILURES, end.reason());
        assertEquals("truncated", end.run().rejected.getFirst().code());
        assertEquals(
                FinishReason.CONTEXT_FULL,
                run(cutOff(StopReason.CONTEXT_FULL, good)).reason());
        assertEquals(
                FinishReason.TASK_TIMEOUT,
                run(cutOff(StopReason.TIME_LIMIT, good)).reason());
        assertEquals(0, write.runs());
    }

    @Test
    void each_prompt_begins_with_the_prompt_and_the_answer_before_it() {
        var end = run(
                says("Hm.\n" + call("read", "{\"path\": \"a.md\"}")),
                says("no call"),
                calls("read", "{\"path\": \"missing\"}"),
                says(call("read", "{\"path\": \"b.md\"}") + "\n" + call("read", "{\"path\": \"a.md\"}")),
                calls("write", "{\"path\": \"a.md\", \"text\": \"x\\ny\\t\\\"z\\\"\"}"),
                done());
        assertEquals(6, end.prompts().size());
        for (int i = 1; i < 6; i++) {
            var before = end.prompts().get(i - 1) + end.run().answers.get(i - 1) + "<|im_end|>\n";
            assertTrue(end.prompts().get(i).startsWith(before), end.prompts().get(i));
        }
    }

    @Test
    void a_full_context_cuts_the_oldest_results_to_the_marker_once() {
        var end = run(
                calls("read", "{\"path\": \"a.md\"}"),
                calls("read", "{\"path\": \"b.md\"}"),
                cutOff(StopReason.CONTEXT_FULL, ""),
                cutOff(StopReason.CONTEXT_FULL, ""));
        assertEquals(FinishReason.CONTEXT_FULL, end.reason());
        var full = end.prompts().get(2);
        assertEquals(
                full.replace("{\"text\": \"A\"}", "{\"cut\": true}"),
                end.prompts().get(3));
        assertTrue(full.contains("{\"text\": \"A\"}") && full.contains("{\"text\": \"B\"}"), full);
    }

    @Test
    void a_failed_call_is_answered_with_its_error_and_too_many_end_the_task() {
        var end = run(
                calls("read", "{\"path\": \"../a\"}"),
                calls("read", "{\"path\": \"/etc/passwd\"}"),
                calls("read", "{\"path\": \"missing\"}"));
        assertEquals(FinishReason.TOOL_ERRORS, end.reason());
        assertTrue(end.prompts().get(1).contains("""
                <tool_response>
                {"error": "parent", "message": "path \\"../a\\" has a segment \\"..\\"; no path leads out of the \
                workspace"}
                </tool_response>"""), end.prompts().get(1));
    }

    @Test
    void the_same_call_again_and_again_ends_the_task() {
        var same = calls("read", "{\"path\": \"a.md\"}");
        assertEquals(FinishReason.IDENTICAL_CALLS, run(same, same, same).reason());
        assertEquals(2, read.runs());
    }

    @Test
    void the_limits_of_steps_and_tokens_end_the_task() {
        var steps = new Limits(2, 2, 2, 9, 9, 100, 2000, 1, Duration.ofSeconds(10), Duration.ofMinutes(1));
        var same = calls("read", "{\"path\": \"a.md\"}");
        assertEquals(FinishReason.STEP_LIMIT, run(steps, same, same).reason());
        var tokens = new Limits(9, 2, 2, 9, 9, 100, 60, 1, Duration.ofSeconds(10), Duration.ofMinutes(1));
        assertEquals(FinishReason.TOKEN_LIMIT, run(tokens, same, same, same).reason());
    }

    /** Notes which tools each turn may call, and says what was recorded. */
    private static final class Watched implements Conversation {
        private final Iterator<Generation> recorded;
        private final List<List<String>> callable = new ArrayList<>();

        Watched(Generation... recorded) {
            this.recorded = List.of(recorded).iterator();
        }

        @Override
        public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
            callable.add(Objects.requireNonNull(grammar).arguments().entrySet().stream()
                    .filter(tool -> !tool.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .toList());
            return recorded.next();
        }

        @Override
        public int countTokens(String text) {
            return text.length();
        }

        @Override
        public void close() {}
    }

    @Test
    void the_last_turn_can_only_be_the_result() {
        var limits = new Limits(3, 2, 2, 9, 9, 100, 2000, 1, Duration.ofSeconds(10), Duration.ofMinutes(1));
        var agent = LoopRun.held(limits, List.of(read.unbound(), write.unbound()), new Holds("a.md", "new"));
        var conversation = new Watched(
                calls("read", "{\"path\": \"a.md\"}"),
                calls("write", "{\"path\": \"a.md\", \"text\": \"new\"}"),
                done());
        var end = LoopRun.on(
                conversation, agent, Json.object().put("path", "a.md"), files, List.of(), StopSignal.never());
        var all = List.of("read", "write", "final");
        assertEquals(List.of(all, all, List.of("final")), conversation.callable);
        assertEquals(FinishReason.ACCEPTED, end.reason());
    }

    @Test
    void a_night_that_ends_stops_the_task_between_two_steps() {
        var agent = LoopRun.agent(LoopRun.LIMITS, List.of(read.unbound()));
        var asked = new ArrayList<Integer>();
        StopSignal stop = () -> {
            asked.add(asked.size());
            return asked.size() > 1 ? Optional.of(FinishReason.WINDOW_CLOSED) : Optional.empty();
        };
        var end =
                LoopRun.of(agent, Json.object(), files, List.of(), stop, calls("read", "{\"path\": \"a.md\"}"), done());
        assertEquals(FinishReason.WINDOW_CLOSED, end.reason());
        assertEquals(1, end.prompts().size());
        assertNull(end.ending().output());
    }

    @Test
    void a_bound_argument_is_neither_shown_nor_taken_from_the_model() {
        var bound = new BoundTool(read, Map.of("path", new Binding.FromInput("path")), Map.of(), Map.of());
        var agent = LoopRun.agent(LoopRun.LIMITS, List.of(bound));
        var end = LoopRun.of(
                agent,
                Json.object().put("path", "b.md"),
                files,
                calls("read", "{\"path\": \"a.md\"}"),
                calls("read", "{}"),
                done());
        assertEquals(FinishReason.ACCEPTED, end.reason());
        assertEquals("schema", end.run().rejected.getFirst().code());
        assertEquals(List.of("call-2-1 read {\"path\": \"b.md\"}"), end.run().called);
        assertTrue(end.prompts().getFirst().contains("\"parameters\": {\"type\": \"object\", \"properties\": {}"));
    }
}
