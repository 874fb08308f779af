package pantheon.night.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.State.Accepting;
import pantheon.night.agent.State.Calling;
import pantheon.night.agent.State.Finished;
import pantheon.night.agent.State.Prompting;
import pantheon.night.contract.Json;
import pantheon.night.engine.Usage;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ToolCall;
import pantheon.night.tool.ToolResult;

/** Every arrow of the state diagram, with no engine and no tool. */
class StateTest {
    private static final Limits LIMITS =
            new Limits(5, 1, 1, 2, 1, 100, 300, 1, Duration.ofSeconds(10), Duration.ofMinutes(1));
    private static final Usage USAGE = new Usage(50, 20, 10);
    private static final ToolCall CALL = new ToolCall("read", Json.object().put("path", "a.md"));
    private static final ToolCall OTHER = new ToolCall("read", Json.object().put("path", "b.md"));
    private static final ToolResult GOOD = new ToolResult.Returned(Json.object().put("text", "A"));
    private static final ToolResult BAD = new ToolResult.Failed("not_found", "there is none");
    private static final Reply.OffSchema BROKEN =
            new Reply.OffSchema("empty", "the reply is empty", Correction.NO_CALL);

    private static Prompting start() {
        return Prompting.start(ChatFormats.QWEN, Prompt.unshared("opening"));
    }

    private static State answered(Prompting state, Reply reply) {
        return state.answered("answer", reply, USAGE, LIMITS);
    }

    private static Calling calling(Prompting state, ToolCall... calls) {
        return assertInstanceOf(Calling.class, answered(state, new Reply.Calls(List.of(calls))));
    }

    private static Prompting returned(Calling state, ToolResult... results) {
        return assertInstanceOf(
                Prompting.class,
                state.returned(
                        List.of(results),
                        texts(results),
                        List.of("digest " + state.progress().steps()),
                        "files",
                        LIMITS));
    }

    private static List<String> texts(ToolResult... results) {
        return List.of(results).stream()
                .map(result -> Json.write(result.json()))
                .toList();
    }

    private static Accepting accepting(String output) {
        var reply = new Reply.Final((tools.jackson.databind.node.ObjectNode) Json.parse(output));
        return assertInstanceOf(Accepting.class, answered(start(), reply));
    }

    private static void finished(FinishReason reason, State state) {
        assertEquals(reason, assertInstanceOf(Finished.class, state).reason());
    }

    @Test
    void begins_by_asking() {
        assertEquals(Progress.NONE, start().progress());
        assertEquals("opening", start().transcript().prompt().text());
        assertEquals(Optional.empty(), start().exhausted(LIMITS, Duration.ZERO));
    }

    @Test
    void calls_on_schema_are_called() {
        var calling = calling(start(), CALL, OTHER);
        assertEquals(List.of(CALL, OTHER), calling.calls());
        assertEquals(new Progress(1, 0, 0, List.of(CALL, OTHER), 1, 50, 20L, 10, Novelty.NONE), calling.progress());
    }

    @Test
    void results_are_answered_to_the_model() {
        var next = returned(calling(start(), CALL, OTHER), GOOD, BAD);
        assertEquals("""
                openinganswer<|im_end|>
                <|im_start|>user
                <tool_response>
                {"text": "A"}
                </tool_response>
                <tool_response>
                {"error": "not_found", "message": "there is none"}
                </tool_response><|im_end|>
                <|im_start|>assistant
                """, next.transcript().prompt().text());
        assertEquals(1, next.progress().toolErrors());
    }

    @Test
    void a_reply_off_schema_is_corrected_while_retries_are_left() {
        var next = assertInstanceOf(Prompting.class, answered(start(), BROKEN));
        assertEquals(1, next.progress().failures());
        assertEquals("""
                openinganswer<|im_end|>
                <|im_start|>user
                Your reply was not one complete tool call. Reply with a tool call and nothing else.<|im_end|>
                <|im_start|>assistant
                """, next.transcript().prompt().text());
        var end = assertInstanceOf(Finished.class, answered(next, BROKEN));
        assertEquals(FinishReason.SCHEMA_FAILURES, end.reason());
        assertEquals("empty: the reply is empty", end.message());
    }

    @Test
    void failures_count_over_the_whole_task() {
        var corrected = assertInstanceOf(Prompting.class, answered(start(), BROKEN));
        var called = returned(calling(corrected, CALL), GOOD);
        finished(FinishReason.SCHEMA_FAILURES, answered(called, BROKEN));
    }

    @Test
    void ends_at_the_limit_of_tool_errors() {
        var once = returned(calling(start(), CALL), BAD);
        finished(
                FinishReason.TOOL_ERRORS,
                calling(once, OTHER).returned(List.of(BAD), texts(BAD), List.of(), "files", LIMITS));
        var two = calling(start(), CALL, OTHER);
        finished(
                FinishReason.TOOL_ERRORS, two.returned(List.of(BAD, BAD), texts(BAD, BAD), List.of(), "files", LIMITS));
    }

    @Test
    void ends_when_timeouts_are_spent() {
        var slow = new ToolResult.TimedOut(true);
        var once = returned(calling(start(), CALL), slow);
        finished(
                FinishReason.TOOL_TIMEOUT,
                calling(once, OTHER).returned(List.of(slow), texts(slow), List.of(), "files", LIMITS));
    }

    @Test
    void ends_at_once_when_a_tool_cannot_be_stopped() {
        var runaway = new ToolResult.TimedOut(false);
        finished(
                FinishReason.TOOL_TIMEOUT,
                calling(start(), CALL).returned(List.of(runaway), texts(runaway), List.of(), "files", LIMITS));
    }

    @Test
    void ends_when_the_same_calls_come_too_often_in_a_row() {
        var twice = returned(calling(returned(calling(start(), CALL), GOOD), CALL), GOOD);
        finished(FinishReason.IDENTICAL_CALLS, answered(twice, new Reply.Calls(List.of(CALL))));
        var between = returned(calling(twice, OTHER), GOOD);
        assertEquals(1, calling(between, CALL).progress().repeats());
    }

    @Test
    void ends_when_steps_in_a_row_bring_nothing_new() {
        var first = brought(start(), "a");
        var idle = assertInstanceOf(Prompting.class, brought(assertInstanceOf(Prompting.class, first), "a"));
        assertEquals(1, idle.progress().novelty().idle());
        finished(FinishReason.NO_PROGRESS, brought(idle, "a"));
        var other = assertInstanceOf(Prompting.class, brought(idle, "a", "b"));
        assertEquals(0, other.progress().novelty().idle());
        assertInstanceOf(Prompting.class, brought(other, "b"));
    }

    private static State brought(Prompting state, String... digests) {
        return calling(state, state.progress().steps() % 2 == 0 ? CALL : OTHER)
                .returned(List.of(GOOD), texts(GOOD), List.of(digests), "files", LIMITS);
    }

    @Test
    void ends_at_the_step_limit() {
        var state = new Prompting(
                new Progress(5, 0, 0, List.of(), 0, 0, 0L, 0, Novelty.NONE),
                Transcript.opening(ChatFormats.QWEN, Prompt.unshared("")));
        finished(FinishReason.STEP_LIMIT, state.exhausted(LIMITS, Duration.ZERO).orElseThrow());
        var before = new Prompting(
                new Progress(4, 0, 0, List.of(), 0, 0, 0L, 0, Novelty.NONE),
                Transcript.opening(ChatFormats.QWEN, Prompt.unshared("")));
        assertEquals(Optional.empty(), before.exhausted(LIMITS, Duration.ZERO));
    }

    @Test
    void ends_when_the_tasks_tokens_are_spent() {
        var state = new Prompting(
                new Progress(1, 0, 0, List.of(), 0, 900, 0L, 300, Novelty.NONE),
                Transcript.opening(ChatFormats.QWEN, Prompt.unshared("")));
        finished(
                FinishReason.TOKEN_LIMIT, state.exhausted(LIMITS, Duration.ZERO).orElseThrow());
        var before = new Prompting(
                new Progress(1, 0, 0, List.of(), 0, 900, 0L, 299, Novelty.NONE),
                Transcript.opening(ChatFormats.QWEN, Prompt.unshared("")));
        assertEquals(Optional.empty(), before.exhausted(LIMITS, Duration.ZERO));
    }

    @Test
    void ends_when_the_tasks_time_is_spent() {
        finished(
                FinishReason.TASK_TIMEOUT,
                start().exhausted(LIMITS, Duration.ofMinutes(1)).orElseThrow());
        assertEquals(Optional.empty(), start().exhausted(LIMITS, Duration.ofMillis(59_999)));
        finished(FinishReason.TASK_TIMEOUT, answered(start(), new Reply.CutOff(StopReason.TIME_LIMIT)));
    }

    @Test
    void cuts_the_oldest_results_once_when_the_context_is_full() {
        var full = new Reply.CutOff(StopReason.CONTEXT_FULL);
        finished(FinishReason.CONTEXT_FULL, answered(start(), full));

        var one = returned(calling(start(), CALL), GOOD);
        finished(FinishReason.CONTEXT_FULL, answered(one, full)); // keptResults is 1

        var two = returned(
                calling(one, OTHER), new ToolResult.Returned(Json.object().put("text", "B")));
        var cut = assertInstanceOf(Prompting.class, answered(two, full));
        assertEquals("""
                openinganswer<|im_end|>
                <|im_start|>user
                <tool_response>
                {"cut": true}
                </tool_response><|im_end|>
                <|im_start|>assistant
                answer<|im_end|>
                <|im_start|>user
                <tool_response>
                {"text": "B"}
                </tool_response><|im_end|>
                <|im_start|>assistant
                """, cut.transcript().prompt().text());
        assertEquals(3, cut.progress().steps());
        finished(FinishReason.CONTEXT_FULL, answered(cut, full));
    }

    @Test
    void a_final_output_is_checked() {
        var accepting = accepting("{\"status\": \"done\"}");
        assertFalse(State.declines(accepting.output()));
        var good = new CheckResult("one", true, "");
        var bad = new CheckResult("two", false, "it is wrong");
        finished(FinishReason.ACCEPTED, accepting.checked(List.of(good)));
        finished(FinishReason.ACCEPTED, accepting.checked(List.of()));
        var end = assertInstanceOf(Finished.class, accepting.checked(List.of(good, bad, good)));
        assertEquals(FinishReason.NOT_ACCEPTED, end.reason());
        assertEquals("two: it is wrong", end.message());
        assertEquals(accepting.output(), end.output());
    }

    @Test
    void an_agent_may_decline() {
        var accepting = accepting("{\"status\": \"fail\", \"reason\": \"no_title\"}");
        assertTrue(State.declines(accepting.output()));
        for (var results : List.of(List.<CheckResult>of(), List.of(new CheckResult("title_missing", true, "")))) {
            var end = assertInstanceOf(Finished.class, accepting.checked(results));
            assertEquals(FinishReason.DECLINED, end.reason());
            assertEquals("no_title", end.message());
        }
    }

    @Test
    void a_false_decline_is_not_accepted() {
        var accepting = accepting("{\"status\": \"fail\", \"reason\": \"no_title\"}");
        var untrue = new CheckResult("title_missing", false, "the document has the title \"A\"");
        var end = assertInstanceOf(Finished.class, accepting.checked(List.of(untrue)));
        assertEquals(FinishReason.NOT_ACCEPTED, end.reason());
        assertEquals(
                "title_missing: it declined with \"no_title\", but the document has the title \"A\"", end.message());
        assertEquals(accepting.output(), end.output());
    }

    @Test
    void what_ends_without_an_output_has_none() {
        var end = assertInstanceOf(Finished.class, answered(start(), new Reply.CutOff(StopReason.CONTEXT_FULL)));
        assertNull(end.output());
        assertEquals(FinishReason.CONTEXT_FULL.words(), end.message());
    }

    @Test
    void only_what_came_from_outside_is_carried_over() {
        var carried = EnumSet.allOf(FinishReason.class);
        carried.removeIf(reason -> !reason.carriesOver());
        assertEquals(
                EnumSet.of(
                        FinishReason.WINDOW_CLOSED,
                        FinishReason.STOPPED,
                        FinishReason.CONFLICT,
                        FinishReason.ENGINE_LOST),
                carried);
        assertEquals("not_accepted", FinishReason.NOT_ACCEPTED.code());
    }

    @Test
    void limits_that_bound_nothing_are_refused() {
        var second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new Limits(0, 1, 1, 1, 1, 1, 1, 1, second, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, -1, 1, 1, 1, 1, 1, 1, second, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, -1, 1, 1, 1, 1, 1, second, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 0, 1, 1, 1, 1, second, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 1, 1, 0, 1, 1, second, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 1, 1, 1, 0, 1, second, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 1, 1, 1, 1, -1, second, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 1, 1, 1, 1, 1, Duration.ZERO, second));
        assertThrows(IllegalArgumentException.class, () -> new Limits(1, 1, 1, 1, 1, 1, 1, 1, second, Duration.ZERO));
    }
}
