package pantheon.night.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
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
import pantheon.night.journal.Event;
import pantheon.night.journal.EventType;
import pantheon.night.journal.JournalReader;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import pantheon.night.prompt.ControlText;
import pantheon.night.tool.ForwardingTool;
import pantheon.night.tool.Tool;
import pantheon.night.tool.ToolResult;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.files.TaskFiles;
import pantheon.night.workspace.scratch.Scratch;
import pantheon.night.workspace.scratch.ScratchTask;
import tools.jackson.databind.JsonNode;
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

    private static final String TIMEOUT =
            new ToolResult.TimedOut(true).json().get("error").stringValue();

    private final Map<String, Agent> agents;
    private final Workspace workspace;
    private final Path folder;
    private final Player player;
    private final Map<String, EngineModel> models = new HashMap<>();
    private final Map<String, List<JournalReader.Entry>> underWay = new LinkedHashMap<>();
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
            var task = entry.event().task();
            if (task == null) {
                night(entry.event());
            } else if (only == null || only.equals(task)) {
                take(task, entry);
            }
        });
        return new Result(replayed, interrupted + underWay.size(), List.copyOf(differences));
    }

    private void night(Event event) {
        if (event.type() == EventType.NIGHT_STARTED) {
            baseCommit = event.data().get("night.base_commit").stringValue();
        }
        for (var model : event.data().path("night.models")) {
            models.put(
                    model.get("name").stringValue(),
                    new EngineModel(
                            model.path("folder").asString(model.get("name").stringValue()),
                            model.get("digest").stringValue(),
                            model.get("context_tokens").intValue(),
                            model.path("control_texts")
                                    .valueStream()
                                    .map(JsonNode::stringValue)
                                    .toList(),
                            model.get("origin").stringValue()));
        }
    }

    private void take(String task, JournalReader.Entry entry) {
        if (entry.event().type() == EventType.TASK_STARTED) {
            if (underWay.put(task, new ArrayList<>(List.of(entry))) != null) {
                interrupted++;
            }
            return;
        }
        var events = underWay.get(task);
        if (events == null) {
            return; // it was given up without being begun
        }
        events.add(entry);
        if (entry.event().type() == EventType.TASK_FINISHED) {
            underWay.remove(task);
            if (reason(entry.event().data()) == FinishReason.ATTEMPTS_SPENT) {
                interrupted++; // the attempt before, which never ended
            } else {
                replay(task, events);
            }
        }
    }

    private static FinishReason reason(JsonNode finished) {
        return FinishReason.of(finished.get("night.finish_reason").stringValue());
    }

    private void replay(String task, List<JournalReader.Entry> events) {
        replayed++;
        try {
            new Attempt(task, events).run();
        } catch (Differs e) {
            differences.add(new Difference(e.seq, task, String.valueOf(e.getMessage())));
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
        private final String task;
        private final List<JournalReader.Entry> events;
        private final FinishReason reason;
        private int next = 1;
        private boolean begun;

        Attempt(String task, List<JournalReader.Entry> events) {
            this.task = task;
            this.events = events;
            this.reason = Replay.reason(events.getLast().event().data());
        }

        void run() {
            var started = events.getFirst();
            var data = started.event().data();
            var agent = agents.get(data.get("night.agent").stringValue());
            if (agent == null) {
                throw new Differs(started.seq(), "there is no agent " + data.get("night.agent"));
            }
            var input = (ObjectNode) data.get("night.input");
            compare(
                    started,
                    TaskRun.started(agent, input),
                    data.deepCopy().without(List.of("night.labels", "night.attempt", "night.input_bytes")));
            var model = models.get(agent.model());
            if (model == null) {
                throw new Differs(started.seq(), "the night had no model " + agent.model());
            }
            var checkout = scratch();
            var ending = loop(agent, input, checkout, model);
            try {
                var diff = checkout.diff();
                ended(TaskRun.outcome(TaskRun.judged(ending, diff), diff));
            } catch (PathRefused e) {
                ended(TaskRun.outcome(TaskRun.judged(ending, null), null));
            }
        }

        private Ending loop(Agent agent, ObjectNode input, Scratch checkout, EngineModel model) {
            var log = new JournalTaskLog(task, model.name(), this::compare, Artifacts.none());
            var control = new ControlText(model.controlTexts());
            var start = events.getFirst().time();
            try (var engine = player.engine(model, generations());
                    var conversation = new Asked(engine.open())) {
                return new ToolLoop(
                                agent.over(Recorded::new),
                                input,
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
                var recorded = events.get(next).event().data();
                if (recorded.path("error.type").asString("").equals(TIMEOUT)) {
                    return new ToolResult.TimedOut(!answered() || reason != FinishReason.TOOL_TIMEOUT);
                }
                var now = tool.call(arguments, files);
                return tool.isStable() || !recorded.has("gen_ai.tool.call.result") ? now : result(recorded);
            }

            private static ToolResult result(JsonNode recorded) {
                var json = recorded.get("gen_ai.tool.call.result");
                return recorded.path("night.ok").asBoolean(false)
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
            public Generation generate(String prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
                if (answered()) {
                    var end = events.get(next);
                    throw new Differs(
                            end.seq(),
                            "the record has %s, the loop asks for another answer"
                                    .formatted(end.event().type().type()));
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
                    && events.get(next).event().type() == EventType.TASK_FINISHED;
            begun = true;
            return over;
        }

        /** Whether every recorded generation was given. */
        private boolean answered() {
            return events.subList(next, events.size()).stream()
                    .noneMatch(entry -> entry.event().type() == EventType.GENERATION_RECEIVED);
        }

        private List<Generation> generations() {
            return events.stream()
                    .filter(entry -> entry.event().type() == EventType.GENERATION_RECEIVED)
                    .map(entry -> generation(entry.event().data()))
                    .toList();
        }

        private static Generation generation(JsonNode data) {
            return new Generation(
                    data.get("night.text").stringValue(),
                    StopReason.valueOf(data.get("gen_ai.response.finish_reasons")
                            .get(0)
                            .stringValue()
                            .toUpperCase(Locale.ROOT)),
                    new Usage(
                            data.get("gen_ai.usage.input_tokens").intValue(),
                            data.get("gen_ai.usage.cache_read.input_tokens").intValue(),
                            data.get("gen_ai.usage.output_tokens").intValue(),
                            data.get("night.forced_tokens").intValue()),
                    Duration.ofMillis(data.get("night.prefill_ms").longValue()),
                    Duration.ofMillis(data.get("night.decode_ms").longValue()));
        }

        private void compare(Event event) {
            var recorded = events.get(next);
            if (recorded.event().type() != event.type()) {
                throw new Differs(
                        recorded.seq(),
                        "the record has %s, the loop %s"
                                .formatted(
                                        recorded.event().type().type(),
                                        event.type().type()));
            }
            compare(recorded, event.data(), recorded.event().data());
            next++;
        }

        /** What the loop and the checks came to; what became of the commit after that hangs on other tasks. */
        private void ended(ObjectNode outcome) {
            var recorded = events.get(next);
            switch (recorded.event().type()) {
                case COMMIT_INTENDED ->
                    compare(recorded, outcome, (ObjectNode)
                            recorded.event().data().get("night.ending"));
                case TASK_FINISHED ->
                    compare(recorded, outcome, recorded.event().data());
                default ->
                    throw new Differs(
                            recorded.seq(),
                            "the record has %s, the loop ended: %s"
                                    .formatted(recorded.event().type().type(), outcome.get("night.finish_reason")));
            }
        }

        private static void compare(JournalReader.Entry entry, ObjectNode now, ObjectNode then) {
            var names = new TreeSet<>(now.propertyNames());
            names.addAll(then.propertyNames());
            for (var name : names) {
                var made = Json.write(now.path(name));
                var recorded = Json.write(then.path(name));
                if (!name.endsWith("_ms") && !made.equals(recorded)) {
                    throw new Differs(
                            entry.seq(),
                            "%s: %s is %s; the record has %s"
                                    .formatted(entry.event().type().type(), name, made, recorded));
                }
            }
        }
    }
}
