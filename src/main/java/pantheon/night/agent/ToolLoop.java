package pantheon.night.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pantheon.night.Contained;
import pantheon.night.NightClock;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Work;
import pantheon.night.agent.State.Accepting;
import pantheon.night.agent.State.Calling;
import pantheon.night.agent.State.Finished;
import pantheon.night.agent.State.Prompting;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.ControlText;
import pantheon.night.tool.ToolBox;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drives one task through the states of {@link State} until it has finished.
 *
 * <p>The loop has no clock, no randomness and no text of its own: model, tools, time and journal are handed in, so a
 * journal of what they answered replays it exactly. Every bound is finite, so every task ends.
 */
public final class ToolLoop {
    private final Agent agent;
    private final ObjectNode input;
    private final TaskFiles files;
    private final Conversation conversation;
    private final Stopwatch stopwatch;
    private final StopSignal stop;
    private final TaskLog log;
    private final Contained contained;
    private final ControlText control;

    /** The same where nobody asks for what could not be ended. */
    public ToolLoop(
            Agent agent,
            ObjectNode input,
            TaskFiles files,
            Conversation conversation,
            ControlText control,
            NightClock clock,
            StopSignal stop,
            TaskLog log) {
        this(agent, input, files, conversation, control, clock, stop, log, new Contained());
    }

    /**
     * @param control writes foreign text so that no control token of the model can come of it
     * @param contained where tools and checks run
     */
    public ToolLoop(
            Agent agent,
            ObjectNode input,
            TaskFiles files,
            Conversation conversation,
            ControlText control,
            NightClock clock,
            StopSignal stop,
            TaskLog log,
            Contained contained) {
        this.agent = agent;
        this.input = input;
        this.files = files;
        this.conversation = conversation;
        this.control = control;
        this.stopwatch = new Stopwatch(clock);
        this.stop = stop;
        this.log = log;
        this.contained = contained;
    }

    /** Runs the task to its end. */
    public Ending run() {
        return switch (Equipment.of(agent, input, files, control, contained)) {
            case Contained.Outcome.Done<Equipment> done -> run(done.value());
            case Contained.Outcome.Broken<Equipment> broken -> unfit(broken.why());
            case Contained.Outcome.Late<Equipment> late -> unfit("it was not done within the time of a call");
        };
    }

    private Ending unfit(String why) {
        var message = "no tools can be made of its input: " + why;
        return new Ending(FinishReason.NOT_ACCEPTED, message, Progress.NONE, null, stopwatch.elapsed());
    }

    private Ending run(Equipment with) {
        State state = Prompting.start(agent.format(), with.opening());
        while (true) {
            switch (state) {
                case Prompting prompting -> state = ask(prompting, with);
                case Calling calling -> state = call(calling, with.tools());
                case Accepting accepting -> state = accept(accepting);
                case Finished end -> {
                    return new Ending(end.reason(), end.message(), end.progress(), end.output(), stopwatch.elapsed());
                }
            }
        }
    }

    private State ask(Prompting state, Equipment with) {
        var limits = agent.limits();
        var over = stop.reason()
                .map(reason -> Finished.of(reason, state.progress()))
                .or(() -> state.exhausted(limits, stopwatch.elapsed()));
        if (over.isPresent()) {
            return over.get();
        }
        long tokensLeft = limits.taskTokens() - state.progress().outputTokens();
        var prompt = state.transcript().prompt();
        var generation = conversation.generate(
                prompt,
                with.grammar(),
                new GenerationLimits(
                        (int) Math.min(limits.stepTokens(), tokensLeft),
                        limits.taskTime().minus(stopwatch.elapsed())));
        int step = state.progress().steps() + 1;
        log.generated(step, prompt.text(), generation);
        var reply = with.judge().judge(generation);
        if (reply instanceof Reply.OffSchema broken) {
            log.rejected(step, state.progress().failures() + 1, broken);
        }
        return state.answered(
                Answers.text(agent.format(), generation.text(), reply, control), reply, generation.usage(), limits);
    }

    private State call(Calling state, ToolBox tools) {
        var results = new ArrayList<ToolResult>();
        var texts = new ArrayList<String>();
        for (var call : state.calls()) {
            if (!results.isEmpty() && agent.limits().timeIsOver(stopwatch.elapsed())) {
                return state.outOfTime();
            }
            var id = "call-%d-%d".formatted(state.progress().steps(), results.size() + 1);
            log.called(state.progress().steps(), id, call.name(), tools.bound(call));
            var started = stopwatch.elapsed();
            var result = tools.run(call);
            log.returned(id, call.name(), result, stopwatch.elapsed().minus(started));
            results.add(result);
            texts.add(control.write(result.json()));
        }
        return state.returned(results, texts, digests(state, results), filesDigest(state, tools), agent.limits());
    }

    private static List<String> digests(Calling state, List<ToolResult> results) {
        var digests = new ArrayList<String>();
        for (int i = 0; i < results.size(); i++) {
            digests.add(Sha256.hex(state.calls().get(i).name() + " "
                    + Json.write(results.get(i).json())));
        }
        return digests;
    }

    /** Tools that only read leave the files as they were. */
    private String filesDigest(Calling state, ToolBox tools) {
        boolean onlyRead = state.calls().stream().allMatch(tools::isReadOnly);
        return onlyRead ? state.progress().novelty().files() : Sha256.hex(changes());
    }

    private String changes() {
        try {
            return files.changes().patch();
        } catch (PathRefused e) {
            return String.valueOf(e.getMessage());
        }
    }

    private State accept(Accepting state) {
        var checks = state.declined() ? List.<Checked>of() : check(state.output());
        checks.forEach(check -> log.checked(check.result(), check.elapsed()));
        return state.checked(checks.stream().map(Checked::result).toList());
    }

    private record Checked(CheckResult result, Duration elapsed) {}

    /** The tools have ended: what they left is looked at once, in the first check's time. Each check has the time of a call. */
    private List<Checked> check(ObjectNode output) {
        var started = stopwatch.elapsed();
        try {
            var checks = new ArrayList<Checked>();
            var work = new Work(input, output, files.left());
            for (var check : agent.checks()) {
                var result = check.check(work, contained, agent.limits().toolTime());
                var now = stopwatch.elapsed();
                checks.add(new Checked(result, now.minus(started)));
                started = now;
            }
            return checks;
        } catch (PathRefused e) {
            var impossible = CheckResult.impossible("changes", String.valueOf(e.getMessage()));
            return List.of(new Checked(impossible, stopwatch.elapsed().minus(started)));
        }
    }

    /** Time since the task began, by the clock that was handed in. */
    private static final class Stopwatch {
        private final NightClock clock;
        private final Duration start;

        Stopwatch(NightClock clock) {
            this.clock = clock;
            this.start = clock.awake();
        }

        Duration elapsed() {
            return clock.awake().minus(start);
        }
    }
}
