package pantheon.night.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.agent.Transcript.Turn;
import pantheon.night.contract.Json;
import pantheon.night.engine.Usage;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ChatFormat;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ToolCall;
import pantheon.night.tool.ToolResult;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a task stands in the tool loop. What follows from an answer is a pure method on the state.
 *
 * <pre>
 *             ┌────────────── result | error, retries left ──────────────┐
 *             ▼                                                          │
 *  start ─► Prompting ──calls, on schema──────► Calling ─────────────────┘
 *             │  │                                 └─ errors or timeouts spent ─► Finished(reason)
 *             │  └─ off-schema, retries left ─► Prompting (failures + 1)
 *             │  └─ off-schema, retries spent ─► Finished(SCHEMA_FAILURES)
 *             └─final, on schema─► Accepting ──all checks pass──► Finished(ACCEPTED, or DECLINED)
 *                                      └──── a check fails ────► Finished(NOT_ACCEPTED)
 * </pre>
 */
sealed interface State {
    /** Why a task is declined whose model was less sure of a choice than the agent asks for. */
    String UNSURE = "unsure";

    Progress progress();

    /** Whether an output says that the agent cannot do the task. */
    static boolean declines(ObjectNode output) {
        return output.path("status").asString("").equals("fail");
    }

    /** The model is asked next. */
    record Prompting(Progress progress, Transcript transcript) implements State {
        static Prompting start(ChatFormat format, Prompt opening) {
            return new Prompting(Progress.NONE, Transcript.opening(format, opening));
        }

        /** Why no further step may be taken, if that is so. */
        Optional<Finished> exhausted(Limits limits, Duration elapsed) {
            if (limits.timeIsOver(elapsed)) {
                return Optional.of(Finished.of(FinishReason.TASK_TIMEOUT, progress));
            }
            if (progress.steps() >= limits.steps()) {
                return Optional.of(Finished.of(FinishReason.STEP_LIMIT, progress));
            }
            if (progress.outputTokens() >= limits.taskTokens()) {
                return Optional.of(Finished.of(FinishReason.TOKEN_LIMIT, progress));
            }
            return Optional.empty();
        }

        /**
         * @param answer the model's turn as the transcript keeps it
         * @param reply what it amounts to
         */
        State answered(String answer, Reply reply, Usage usage, Limits limits) {
            var stepped = progress.step(usage);
            return switch (reply) {
                case Reply.Calls calls -> {
                    var next = stepped.calls(calls.calls());
                    yield next.repeats() > limits.identicalCalls()
                            ? Finished.of(FinishReason.IDENTICAL_CALLS, next)
                            : new Calling(next, transcript.with(new Turn.Answer(answer)), calls.calls());
                }
                case Reply.Final end -> new Accepting(stepped, end.output());
                case Reply.OffSchema broken -> {
                    var next = stepped.failure();
                    var turns = new Turn[] {new Turn.Answer(answer), new Turn.Corrected(broken.correction())};
                    yield next.failures() > limits.failures()
                            ? new Finished(FinishReason.SCHEMA_FAILURES, broken.code() + ": " + broken.message(), next)
                            : new Prompting(next, transcript.with(turns));
                }
                case Reply.CutOff cut -> cutOff(cut.reason(), stepped, limits);
            };
        }

        /** The model is less sure of a choice than the agent asks for, so it does not run. */
        Finished unsure(Usage usage) {
            return new Finished(FinishReason.DECLINED, UNSURE, progress.step(usage));
        }

        /** The engine was lost before it had answered. */
        Finished lost(String message) {
            return new Finished(FinishReason.ENGINE_LOST, message, progress);
        }

        private State cutOff(StopReason reason, Progress stepped, Limits limits) {
            if (reason == StopReason.TIME_LIMIT) {
                return Finished.of(FinishReason.TASK_TIMEOUT, stepped);
            }
            return transcript.canBeCut(limits.keptResults())
                    ? new Prompting(stepped, transcript.cut(limits.keptResults()))
                    : Finished.of(FinishReason.CONTEXT_FULL, stepped);
        }
    }

    /**
     * The calls of one turn run next, in their order.
     *
     * @param results of those that have returned
     */
    record Calling(Progress progress, Transcript transcript, List<ToolCall> calls, List<ToolResult> results)
            implements State {
        public Calling {
            calls = List.copyOf(calls);
            results = List.copyOf(results);
        }

        Calling(Progress progress, Transcript transcript, List<ToolCall> calls) {
            this(progress, transcript, calls, List.of());
        }

        /** The call that runs next. */
        ToolCall next() {
            return calls.get(results.size());
        }

        /** What the journal calls it. */
        String nextId() {
            return "call-%d-%d".formatted(progress.steps(), results.size() + 1);
        }

        /** Whether no other runs behind it. */
        boolean isAtLast() {
            return results.size() == calls.size() - 1;
        }

        /** Behind that call. */
        Calling with(ToolResult result) {
            var returned = new ArrayList<>(results);
            returned.add(result);
            return new Calling(progress, transcript, calls, returned);
        }

        /** The calls that are left are not begun. */
        Finished outOfTime() {
            return Finished.of(FinishReason.TASK_TIMEOUT, progress);
        }

        /**
         * @param results one for each call
         * @param texts the same as the model sees them
         * @param digests of the results
         * @param files the digest of the changes as the calls left them
         */
        State returned(
                List<ToolResult> results, List<String> texts, List<String> digests, String files, Limits limits) {
            int errors = (int) results.stream()
                    .filter(result -> !(result instanceof ToolResult.Returned))
                    .count();
            var next = progress.toolErrors(errors).brought(digests, files);
            boolean runaway = results.stream().anyMatch(r -> r instanceof ToolResult.TimedOut out && !out.ended());
            boolean spent = next.toolErrors() > limits.toolErrors();
            if (runaway || spent) {
                boolean timedOut = results.stream().anyMatch(ToolResult.TimedOut.class::isInstance);
                return Finished.of(timedOut ? FinishReason.TOOL_TIMEOUT : FinishReason.TOOL_ERRORS, next);
            }
            return next.novelty().idle() > limits.idleSteps()
                    ? Finished.of(FinishReason.NO_PROGRESS, next)
                    : new Prompting(next, transcript.with(new Turn.Results(texts)));
        }
    }

    /** The acceptance checks run next. */
    record Accepting(Progress progress, ObjectNode output) implements State {
        /** @param results of the checks of the work, or of the reason for which the agent declines it */
        State checked(List<CheckResult> results) {
            return results.stream()
                    .filter(result -> !result.passed())
                    .findFirst()
                    .map(this::refused)
                    .orElseGet(this::taken);
        }

        private Finished refused(CheckResult failed) {
            var declined = declines(output) ? "it declined with %s, but ".formatted(Json.quote(reason())) : "";
            return new Finished(
                    FinishReason.NOT_ACCEPTED,
                    "%s: %s%s".formatted(failed.check(), declined, failed.message()),
                    progress,
                    output);
        }

        private Finished taken() {
            return declines(output)
                    ? new Finished(FinishReason.DECLINED, reason(), progress, output)
                    : new Finished(FinishReason.ACCEPTED, "", progress, output);
        }

        private String reason() {
            return output.path("reason").asString("");
        }
    }

    /**
     * The loop has ended.
     *
     * @param message what a person should know beside the reason, possibly empty
     * @param output the agent's output, null where it gave none
     */
    record Finished(
            FinishReason reason,
            String message,
            Progress progress,
            @Nullable ObjectNode output) implements State {
        Finished(FinishReason reason, String message, Progress progress) {
            this(reason, message, progress, null);
        }

        static Finished of(FinishReason reason, Progress progress) {
            return new Finished(reason, reason.words(), progress);
        }
    }
}
