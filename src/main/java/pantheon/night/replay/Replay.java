package pantheon.night.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Ending;
import pantheon.night.agent.ToolLoop;
import pantheon.night.artifact.Artifacts;
import pantheon.night.batch.JournalTaskLog;
import pantheon.night.batch.TaskRun;
import pantheon.night.contract.Json;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Usage;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.GenerationReceived;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.ToolReturned;
import pantheon.night.outcome.FinishReason;
import pantheon.night.prompt.Prompt;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.scratch.Scratch;
import pantheon.night.workspace.scratch.ScratchTask;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drives the real loop once more over the record of a night, and compares every event that comes of it.
 *
 * <p>The model's answers are the recorded ones; the tools run again on a scratch checkout of the night's base commit,
 * and so do the acceptance checks; only a tool that hit its time limit does so again without running, and where a
 * tool is not stable its recorded result is taken. Prompts are compared by their hashes, changes by the digest of the diff. How long
 * things took is not compared: a time limit that was hit is hit again at the same step. Commits are not made again.
 */
public final class Replay {
    /** Makes an engine that gives these generations in their order. */
    @FunctionalInterface
    public interface Player {
        Engine engine(EngineModel model, List<Generation> generations);
    }

    /**
     * Where a task begins to differ from its record.
     *
     * @param seq the line of the journal
     */
    public record Difference(long seq, String task, String what) {}

    /**
     * What came of it.
     *
     * @param replayed how many tasks ran again
     * @param interrupted how many attempts never ended, so that there is nothing to compare
     */
    public record Result(int replayed, int interrupted, List<Difference> differences) {}

    /** A line of a task's record. */
    private record Line(long seq, TaskEvent event) {}

    /** What the journal has of one attempt at a task, its start included. */
    private record TaskLines(TaskStarted started, Instant begun, List<Line> lines) {}

    private static final String TIMEOUT =
            new ToolResult.TimedOut(true).json().get("error").stringValue();

    private final Map<String, Agent> agents;
    private final Workspace workspace;
    private final Path folder;
    private final Player player;
    private final Map<String, EngineModel> models = new HashMap<>();
    private final Map<String, TaskLines> underWay = new LinkedHashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private @Nullable Scratch scratch;
    private String baseCommit = "";
    private int replayed;
    private int interrupted;

    /** @param folder gets the scratch checkout */
    public Replay(Map<String, Agent> agents, Workspace workspace, Path folder, Player player) {
        this.agents = agents;
        this.workspace = workspace;
        this.folder = folder;
        this.player = player;
    }

    /**
     * Replays a night.
     *
     * @param only the one task to replay, null for all
     * @throws pantheon.night.NightException with exit code 65 where the journal is broken
     */
    public Result run(Path journal, @Nullable String only) {
        JournalReader.read(journal, entry -> {
            switch (entry.event()) {
                case NightStarted started -> {
                    baseCommit = started.baseCommit();
                    models(started);
                }
                case NightResumed resumed -> models(resumed);
                case TaskEvent event -> {
                    if (only == null || only.equals(event.task())) {
                        take(event, entry);
                    }
                }
                default -> {}
            }
        });
        return new Result(replayed, interrupted + underWay.size(), List.copyOf(differences));
    }

    private void models(Session session) {
        for (var model : session.models()) {
            models.put(
                    model.name(),
                    new EngineModel(
                            model.turnsName(),
                            model.digest(),
                            model.contextTokens(),
                            model.controlTexts(),
                            model.origin()));
        }
    }

    private void take(TaskEvent event, JournalReader.Entry entry) {
        var line = new Line(entry.seq(), event);
        if (event instanceof TaskStarted started) {
            var attempt = new TaskLines(started, entry.time(), new ArrayList<>(List.of(line)));
            if (underWay.put(event.task(), attempt) != null) {
                interrupted++;
            }
            return;
        }
        var record = underWay.get(event.task());
        if (record == null) {
            return; // it was given up without being begun
        }
        record.lines().add(line);
        if (event instanceof TaskFinished finished) {
            underWay.remove(event.task());
            if (finished.reason() == FinishReason.ATTEMPTS_SPENT) {
                interrupted++; // the attempt before, which never ended
            } else {
                replay(record, finished.reason());
            }
        }
    }

    private void replay(TaskLines record, FinishReason reason) {
        replayed++;
        try {
            new Attempt(record, reason).run();
        } catch (Differs e) {
            differences.add(new Difference(e.seq, record.started().task(), String.valueOf(e.getMessage())));
        }
    }

    private Scratch scratch() {
        if (scratch == null) {
            scratch = workspace.checkout(baseCommit, folder);
        } else {
            scratch.reset();
        }
        return scratch;
    }

    /** Unwinds a loop that has left its record. */
    private static final class Differs extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final long seq;

        Differs(long seq, String message) {
            super(message);
            this.seq = seq;
        }
    }

    /** One task from its start to its end. */
    private final class Attempt {
        private final TaskStarted started;
        private final Instant start;
        private final List<Line> lines;
        private final FinishReason reason;
        private int next = 1;
        private boolean begun;

        Attempt(TaskLines record, FinishReason reason) {
            this.started = record.started();
            this.start = record.begun();
            this.lines = record.lines();
            this.reason = reason;
        }

        void run() {
            var agent = agents.get(started.agent());
            if (agent == null) {
                throw differs(0, "there is no agent " + Json.quote(started.agent()));
            }
            compare(lines.getFirst(), TaskRun.started(started.task(), agent, started.input()), started.byItself());
            var model = models.get(agent.model());
            if (model == null) {
                throw differs(0, "the night had no model " + agent.model());
            }
            var checkout = scratch();
            var ending = loop(agent, checkout, model);
            ended(ending, diff(checkout));
        }

        private Differs differs(int line, String what) {
            return new Differs(lines.get(line).seq(), what);
        }

        private static @Nullable Diff diff(Scratch checkout) {
            try {
                return checkout.diff();
            } catch (PathRefused e) {
                return null;
            }
        }

        private Ending loop(Agent agent, Scratch checkout, EngineModel model) {
            var log = new JournalTaskLog(started.task(), model.name(), this::compare, Artifacts.none());
            var control = agent.format().control(model.controlTexts());
            try (var engine = player.engine(model, generations());
                    var conversation = new Asked(engine.open())) {
                return new ToolLoop(
                                agent.over(Recorded::new),
                                started.input(),
                                new ScratchTask(checkout),
                                conversation,
                                control,
                                new RecordedClock(start, agent.limits().taskTime(), this::isTimedOut),
                                () -> Optional.of(reason).filter(cut -> answered() && cut.isNightsEnd()),
                                log)
                        .run();
            }
        }

        /**
         * A tool that runs, except where its record hit the time limit. What it does to the files is needed in any case;
         * its result is the recorded one where it is not stable.
         */
        private final class Recorded extends ForwardingTool {
            Recorded(Tool tool) {
                super(tool);
            }

            /** Where the time limit ended the task, the tool may not have ended. */
            @Override
            public ToolResult call(ObjectNode arguments, TaskFiles files) throws PathRefused {
                if (!(lines.get(next).event() instanceof ToolReturned recorded)) {
                    return tool.call(arguments, files);
                }
                if (TIMEOUT.equals(recorded.error())) {
                    return new ToolResult.TimedOut(!answered() || reason != FinishReason.TOOL_TIMEOUT);
                }
                var now = tool.call(arguments, files);
                return tool.isStable() ? now : result(recorded);
            }

            private static ToolResult result(ToolReturned recorded) {
                var json = recorded.result();
                return recorded.ok()
                        ? new ToolResult.Returned(json)
                        : new ToolResult.Failed(
                                json.path("error").asString(""),
                                json.path("message").asString(""));
            }
        }

        /** Tells where the loop wants more than was recorded. */
        private final class Asked implements Conversation {
            private final Conversation recorded;

            Asked(Conversation recorded) {
                this.recorded = recorded;
            }

            @Override
            public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
                if (answered()) {
                    throw differs(
                            next,
                            "the record has %s, the loop asks for another answer"
                                    .formatted(type(lines.get(next).event())));
                }
                return recorded.generate(prompt, grammar, limits);
            }

            @Override
            public int countTokens(String text) {
                return recorded.countTokens(text);
            }

            @Override
            public void close() {
                recorded.close();
            }
        }

        /** Stands still, except where the record ends at the task's time limit: there the limit has passed. */
        private record RecordedClock(Instant instant, Duration limit, BooleanSupplier isOver) implements NightClock {
            @Override
            public Duration passed() {
                return isOver.getAsBoolean() ? limit : Duration.ZERO;
            }
        }

        /** The loop looks first when it begins. */
        private boolean isTimedOut() {
            boolean over = begun
                    && reason == FinishReason.TASK_TIMEOUT
                    && lines.get(next).event() instanceof TaskFinished;
            begun = true;
            return over;
        }

        /** Whether every recorded generation was given. */
        private boolean answered() {
            return lines.subList(next, lines.size()).stream()
                    .noneMatch(line -> line.event() instanceof GenerationReceived);
        }

        private List<Generation> generations() {
            return lines.stream()
                    .map(Line::event)
                    .filter(GenerationReceived.class::isInstance)
                    .map(turn -> generation((GenerationReceived) turn))
                    .toList();
        }

        private static Generation generation(GenerationReceived turn) {
            var tokens = turn.tokens();
            return new Generation(
                    turn.text(),
                    turn.stopReason(),
                    new Usage(
                            Math.toIntExact(tokens.input()),
                            Math.toIntExact(tokens.cached()),
                            Math.toIntExact(tokens.output()),
                            turn.forcedTokens()),
                    Duration.ofMillis(turn.prefillMillis()),
                    Duration.ofMillis(turn.decodeMillis()));
        }

        private void compare(NightEvent event) {
            var recorded = lines.get(next);
            if (EventType.of(recorded.event()) != EventType.of(event)) {
                throw differs(next, "the record has %s, the loop %s".formatted(type(recorded.event()), type(event)));
            }
            compare(recorded, event, recorded.event());
            next++;
        }

        /** What the loop and the checks came to; what became of the commit after that hangs on other tasks. */
        private void ended(Ending ending, @Nullable Diff diff) {
            var outcome = TaskRun.outcome(TaskRun.judged(ending, diff), diff);
            var line = lines.get(next);
            switch (line.event()) {
                case CommitIntended intended -> compare(line, outcome, intended.ending());
                case TaskFinished finished -> compare(line, outcome, finished.ending());
                default ->
                    throw differs(
                            next,
                            "the record has %s, the loop ended: %s"
                                    .formatted(
                                            type(line.event()),
                                            Json.quote(outcome.reason().code())));
            }
        }

        private static void compare(Line line, TaskEnding made, TaskEnding recorded) {
            EventCodec.difference(made, recorded).ifPresent(found -> tell(line, found));
        }

        private static void compare(Line line, NightEvent made, NightEvent recorded) {
            EventCodec.difference(made, recorded).ifPresent(found -> tell(line, found));
        }

        private static void tell(Line line, EventCodec.Difference found) {
            throw new Differs(
                    line.seq(),
                    "%s: %s is %s; the record has %s"
                            .formatted(type(line.event()), found.field(), found.made(), found.recorded()));
        }

        private static String type(NightEvent event) {
            return EventType.of(event).type();
        }
    }
}
