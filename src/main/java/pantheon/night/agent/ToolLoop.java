package pantheon.night.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.NightClock;
import pantheon.night.acceptance.Check;
import pantheon.night.acceptance.CheckResult;
import pantheon.night.acceptance.Work;
import pantheon.night.agent.Answer.Looked;
import pantheon.night.agent.State.Accepting;
import pantheon.night.agent.State.Calling;
import pantheon.night.agent.State.Finished;
import pantheon.night.agent.State.Prompting;
import pantheon.night.agent.choice.Chosen;
import pantheon.night.contract.Json;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.ControlText;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ToolBox;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes one task through the states of {@link State} until it has finished, a step at a time: it says what it needs next,
 * and whoever drives it has that done.
 *
 * <p>The loop has no clock, no randomness and no text of its own: model, tools, time and journal are handed in, so a
 * journal of what they answered replays it exactly. Every bound is finite, so every task ends. Used by one thread at a
 * time; the work that it wishes for may be done on another.
 */
public final class ToolLoop {
    private final Agent agent;
    private final Asked asked;
    private final TaskFiles files;
    private final Conversation conversation;
    private final Stopwatch stopwatch;
    private final StopSignal stop;
    private final TaskLog log;
    private final Contained contained;
    private final ControlText control;
    private final List<Work.Returned> results = new ArrayList<>();
    private @Nullable Equipment equipment;
    private @Nullable Hold hold;

    /**
     * What a task is asked.
     *
     * @param input as the queue has it
     * @param rejected why a person did not want what an earlier attempt made; null where nobody said
     */
    public record Asked(ObjectNode input, @Nullable String rejected) {
        private static final String EARLIER = "earlier_attempt_was_rejected_because";

        /** As the prompt has it: a person's words stand beside the input, as text of strangers like all in it. */
        ObjectNode shown() {
            return rejected == null || input.has(EARLIER)
                    ? input
                    : input.deepCopy().put(EARLIER, rejected);
        }
    }

    /** The same where nobody asks for what could not be ended, and nobody rejected an earlier attempt. */
    public ToolLoop(
            Agent agent,
            ObjectNode input,
            TaskFiles files,
            Conversation conversation,
            ControlText control,
            NightClock clock,
            StopSignal stop,
            TaskLog log) {
        this(agent, new Asked(input, null), files, conversation, control, clock, stop, log, new Contained());
    }

    /**
     * @param control writes foreign text so that no control token of the model can come of it
     * @param contained where tools and checks run
     */
    public ToolLoop(
            Agent agent,
            Asked asked,
            TaskFiles files,
            Conversation conversation,
            ControlText control,
            NightClock clock,
            StopSignal stop,
            TaskLog log,
            Contained contained) {
        this.agent = agent;
        this.asked = asked;
        this.files = files;
        this.conversation = conversation;
        this.control = control;
        this.stopwatch = new Stopwatch(clock);
        this.stop = stop;
        this.log = log;
        this.contained = contained;
    }

    /** Runs the task to its end on the caller's thread. */
    public Ending run() {
        var wish = start();
        while (true) {
            switch (wish) {
                case Wish.Work work -> wish = next(work.done());
                case Wish.End end -> {
                    return end.ending();
                }
            }
        }
    }

    /** What the task begins with. */
    public Wish start() {
        return new Wish.Equip(() -> new Answer.Equipped(Equipment.of(agent, asked, files, control, contained)));
    }

    /** Takes what came of the last wish, and says what is wished next. */
    public Wish next(Answer answer) {
        return switch (answer) {
            case Answer.Equipped equipped -> begin(equipped.outcome());
            case Answer.Generated made -> wish(answered(made.state(), made.prompt(), made.generation()));
            case Answer.Lost lost -> end(lost.state().lost(lost.message()));
            case Answer.Returned made -> returned(made);
            case Answer.Checked made -> wish(checked(made.state(), made.checks()));
        };
    }

    private Wish wish(State state) {
        return switch (state) {
            case Prompting prompting -> ask(prompting);
            case Calling calling -> call(calling);
            case Accepting accepting -> new Wish.Check(() -> check(accepting));
            case Finished end -> end(end);
        };
    }

    private Wish end(Finished end) {
        return new Wish.End(new Ending(end.reason(), end.message(), end.progress(), end.output(), stopwatch.elapsed()));
    }

    private Wish begin(Contained.Outcome<Equipment> outcome) {
        return switch (outcome) {
            case Contained.Outcome.Done<Equipment> done -> {
                equipment = done.value();
                hold = done.value().first();
                yield wish(Prompting.start(agent.format(), done.value().opening()));
            }
            case Contained.Outcome.Broken<Equipment> broken -> unfit(broken.why());
            case Contained.Outcome.Late<Equipment> late -> unfit("it was not done within the time of a call");
        };
    }

    private Wish unfit(String why) {
        var message = "no tools can be made of its input: " + why;
        return end(new Finished(FinishReason.NOT_ACCEPTED, message, Progress.NONE));
    }

    private Equipment with() {
        return Objects.requireNonNull(equipment, "the loop has not begun");
    }

    private Hold hold() {
        return Objects.requireNonNull(hold, "the loop has not begun");
    }

    private Wish ask(Prompting state) {
        var limits = agent.limits();
        var over = stop.reason()
                .map(reason -> Finished.of(reason, state.progress()))
                .or(() -> state.exhausted(limits, stopwatch.elapsed()));
        if (over.isPresent()) {
            return end(over.get());
        }
        long tokensLeft = limits.taskTokens() - state.progress().outputTokens();
        var generation = new GenerationLimits(
                (int) Math.min(limits.stepTokens(), tokensLeft),
                limits.taskTime().minus(stopwatch.elapsed()));
        var grammar = state.progress().steps() + 1 == limits.steps() ? hold().ending() : hold().grammar();
        var turn = new Wish.Turn(state.transcript().prompt(), grammar, generation);
        var choice = agent.scoresValues() ? hold().choice(agent) : null;
        return new Wish.Generate(state, conversation, turn, choice);
    }

    private State answered(Prompting state, Prompt prompt, Generation generation) {
        int step = state.progress().steps() + 1;
        var reply = hold().judge().judge(generation);
        var chosen = hold().chosen(generation, reply);
        log.generated(step, prompt.text(), generation, chosen);
        if (reply instanceof Reply.OffSchema broken) {
            log.rejected(step, state.progress().failures() + 1, broken);
        }
        if (reply instanceof Reply.Calls && chosen.stream().anyMatch(Chosen::isUnsure)) {
            return state.unsure(generation.usage());
        }
        var text = Answers.text(agent.format(), generation.text(), reply, control);
        return state.answered(text, reply, generation.usage(), agent.limits());
    }

    private Wish call(Calling state) {
        if (!state.results().isEmpty() && agent.limits().timeIsOver(stopwatch.elapsed())) {
            return end(state.outOfTime());
        }
        var call = state.next();
        log.called(
                state.progress().steps(),
                state.nextId(),
                call.name(),
                with().tools().bound(call));
        return new Wish.Call(() -> call(state, with().tools()));
    }

    private Answer call(Calling state, ToolBox tools) {
        var started = stopwatch.elapsed();
        var result = tools.run(state.next());
        var elapsed = stopwatch.elapsed().minus(started);
        var files = state.isAtLast() ? filesDigest(state, tools) : "";
        return new Answer.Returned(state, result, elapsed, files, hold().next(agent, tools));
    }

    private Wish returned(Answer.Returned made) {
        var state = made.state();
        hold = made.next();
        log.returned(state.nextId(), state.next().name(), made.result(), made.elapsed());
        if (made.result() instanceof ToolResult.Returned result) {
            results.add(new Work.Returned(state.next().name(), result.json()));
        }
        var after = state.with(made.result());
        if (!state.isAtLast()) {
            return call(after);
        }
        var results = after.results();
        var texts = results.stream().map(result -> control.write(result.json())).toList();
        return wish(after.returned(results, texts, digests(after), made.files(), agent.limits()));
    }

    private static List<String> digests(Calling state) {
        var digests = new ArrayList<String>();
        for (int i = 0; i < state.results().size(); i++) {
            digests.add(Sha256.hex(state.calls().get(i).name() + " "
                    + Json.write(state.results().get(i).json())));
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

    private Answer check(Accepting state) {
        var checks = agent.judges(state.output());
        boolean nothing = checks.isEmpty() && State.declines(state.output()); // then nobody need look at the files
        return new Answer.Checked(state, nothing ? List.of() : check(state.output(), checks));
    }

    private State checked(Accepting state, List<Looked> checks) {
        checks.forEach(check -> log.checked(check.result(), check.elapsed()));
        return state.checked(checks.stream().map(Looked::result).toList());
    }

    /** The tools have ended: what they left is looked at once, in the first check's time. Each check has the time of a call. */
    private List<Looked> check(ObjectNode output, List<Check> checks) {
        var started = stopwatch.elapsed();
        try {
            var looked = new ArrayList<Looked>();
            var work = new Work(asked.input(), output, files.left(), new Work.Trace(files, results));
            for (var check : checks) {
                var result = check.check(work, contained, agent.limits().toolTime());
                var now = stopwatch.elapsed();
                looked.add(new Looked(result, now.minus(started)));
                started = now;
            }
            return looked;
        } catch (PathRefused e) {
            var impossible = CheckResult.impossible("changes", String.valueOf(e.getMessage()));
            return List.of(new Looked(impossible, stopwatch.elapsed().minus(started)));
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
