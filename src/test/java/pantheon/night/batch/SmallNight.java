package pantheon.night.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.SetClock;
import pantheon.night.acceptance.Check;
import pantheon.night.agent.Agent;
import pantheon.night.agent.AgentAssembly;
import pantheon.night.agent.Ending;
import pantheon.night.batch.work.Watch;
import pantheon.night.contract.Json;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.Generation;
import pantheon.night.engine.GenerationLimits;
import pantheon.night.engine.Likelihood;
import pantheon.night.engine.Usage;
import pantheon.night.engine.recorded.RecordedEngine;
import pantheon.night.grammar.TurnGrammar;
import pantheon.night.journal.Journal;
import pantheon.night.journal.LogFolder;
import pantheon.night.journal.Machine;
import pantheon.night.journal.Shard;
import pantheon.night.journal.StateFolder;
import pantheon.night.lease.Hold;
import pantheon.night.local.preflight.EgressProof;
import pantheon.night.local.preflight.Evidence;
import pantheon.night.local.preflight.PreflightCheck;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.StopReason;
import pantheon.night.past.History;
import pantheon.night.prompt.ChatFormats;
import pantheon.night.prompt.Prompt;
import pantheon.night.proof.SigningKey;
import pantheon.night.queue.Task;
import pantheon.night.replay.Replay;
import pantheon.night.tool.Tool;
import pantheon.night.tool.builtin.BuiltInTools;
import pantheon.night.workspace.NewWorkspace;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.WriteSteps;
import tools.jackson.databind.node.ObjectNode;

/**
 * A night on a small repository, all of it real but the engine, which answers by a rule: each task writes a line into
 * its own file, and the night goes on where the last one was interrupted.
 */
public final class SmallNight {
    static final Identity AUTHOR = new Identity("pantheon-night", "night@localhost");
    public static final NightClock CLOCK = new SetClock(Instant.parse("2026-11-23T22:00:00Z"));
    static final EgressProof PROVEN =
            new EgressProof(List.of(new Evidence(PreflightCheck.SECCOMP, true, "as expected", true)));
    /** How many conversations the engines of the tests go on with at once. */
    static final int SEQUENCES = 4;

    private static final EngineModel MODEL =
            new EngineModel("rule", "0".repeat(64), 100_000, List.of(), "process:test", SEQUENCES, Map.of());

    public final Path folder;

    /** The repository that it works on. */
    public Path workspace;

    public Window window = new Window(CLOCK, null, Duration.ZERO);
    Watch watch = Watch.none();
    int attempts = 3;

    /** How many tasks may be under way beside one another. */
    public int slots = 1;

    int alike;
    NightContext.Budget budget = NightContext.Budget.ANY;

    /** What a shard's night has of its machine. */
    public Hold hold = Hold.ofThisMachine();

    /** Whose tasks a queue has, null where they are all. */
    public @Nullable Shard shard;

    /** Whether a night that could go on ends where it is. */
    boolean fresh;

    public @Nullable SigningKey signingKey;

    public int steps = 8;
    String taskTime = "60s";
    public NightClock clock = CLOCK;
    /** The evidence of a process that is confined; the JVM of the tests is not. */
    Egress egress = new Egress(() -> PROVEN, () -> PROVEN);

    @Nullable
    ObjectNode forecast;

    /** Why models other than the one of its engine cannot be used. */
    Map<String, String> unusable = Map.of();

    /** What is wrong with lines that the night does without. */
    public List<String> refused = List.of();

    /** What was told of the last night that was gone on with. */
    String resumed = "";

    /** The files that the last night told of as in no checkout. */
    List<String> leftOut = List.of();

    /** What the last night came to that ended. */
    @Nullable
    NightResult result;

    public Map<String, Tool> tools = BuiltInTools.all();

    /** Agents beside the one that writes a line, by name. */
    public final Map<String, Agent> otherAgents = new TreeMap<>();

    /** Is told before the workspace writes. */
    public WriteSteps writeSteps = WriteSteps.all();

    /** What the agent's work is checked by beside its own check. */
    public List<Check> moreChecks = List.of();

    private Consumer<String> ended = task -> {};

    private SmallNight(Path folder) {
        this.folder = folder;
        this.workspace = folder.resolve("workspace");
    }

    /** A folder with a repository of some files. */
    public static SmallNight layOut(Path folder, int files) throws IOException {
        var workspace = Files.createDirectories(folder.resolve("workspace"));
        for (int i = 0; i < files; i++) {
            Files.writeString(workspace.resolve("file-%d.txt".formatted(i)), "as it was\n");
        }
        NewWorkspace.create(workspace, AUTHOR, "The files");
        return new SmallNight(folder);
    }

    /** The night of a folder that was laid out. */
    public static SmallNight in(Path folder) {
        return new SmallNight(folder);
    }

    public static List<Task> tasks(int count) {
        return IntStream.range(0, count).mapToObj(SmallNight::task).toList();
    }

    public static Task task(int number) {
        var input = Json.object().put("path", "file-%d.txt".formatted(number));
        return new Task("task-" + number, "writer", input, 0, List.of());
    }

    public Agent agent() {
        var agent = new AgentAssembly(tools).assemble(Json.parse("""
                {"name": "writer", "version": "1", "model": "rule",
                 "input": {"type": "object", "properties": {"path": {"type": "string"}}, "required": ["path"]},
                 "output": {"type": "object", "properties": {"status": {"enum": ["done", "fail"]}},
                            "required": ["status"], "additionalProperties": false},
                 "tools": [{"name": "write_file", "bind": {"path": {"input": "path"}}}, {"name": "compute_diff"}],
                 "limits": {"steps": %d, "failures": 2, "toolErrors": 2, "identicalCalls": 2, "stepTokens": 100,
                            "taskTokens": 1000, "keptResults": 2, "toolTime": "1s", "taskTime": "%s"},
                 "prompt": {"role": "You write a line."},
                 "checks": [{"use": "only_changes", "with": {"fields": ["path"]}}]}
                """.formatted(steps, taskTime)), ChatFormats.QWEN);
        var checks = new ArrayList<>(agent.checks());
        checks.addAll(moreChecks);
        return checkedBy(agent, checks);
    }

    private Map<String, Agent> agents() {
        var agents = new TreeMap<>(otherAgents);
        agents.put("writer", agent());
        return agents;
    }

    static Agent checkedBy(Agent agent, List<Check> checks) {
        return new Agent(
                agent.name(),
                agent.version(),
                agent.model(),
                agent.input(),
                agent.output(),
                agent.tools(),
                agent.limits(),
                agent.format(),
                agent.prompt(),
                checks,
                agent.declines(),
                agent.alike(),
                agent.grammar());
    }

    /** Writes a line, then ends the task. */
    public static Engine rule() {
        return engine(prompt -> prompt.contains("<tool_response>")
                ? call("final", "{\"status\": \"done\"}")
                : call("write_file", "{\"text\": \"done\\n\"}"));
    }

    public static String call(String tool, String arguments) {
        return "<tool_call>\n{\"name\": \"%s\", \"arguments\": %s}\n</tool_call>".formatted(tool, arguments);
    }

    public static Engine engine(Function<String, String> rule) {
        return engine(rule, Likelihood.UNTOLD);
    }

    /** One that tells how likely it found what it chose. */
    public static Engine engine(Function<String, String> rule, Likelihood likelihood) {
        return new Engine() {
            @Override
            public EngineModel model() {
                return MODEL;
            }

            @Override
            public Conversation open() {
                return new Conversation() {
                    @Override
                    public Generation generate(Prompt prompt, @Nullable TurnGrammar grammar, GenerationLimits limits) {
                        var usage = new Usage(prompt.text().length(), 0, 10);
                        return new Generation(
                                rule.apply(prompt.text()),
                                StopReason.END_OF_TURN,
                                usage,
                                Duration.ZERO,
                                Duration.ZERO,
                                likelihood);
                    }

                    @Override
                    public int countTokens(String text) {
                        return text.length();
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void close() {}
        };
    }

    public Path log() {
        return folder.resolve("log");
    }

    /** Starts, or goes on; gives the ids of the tasks that were run, in their order, with how each ended. */
    public List<String> run(List<Task> queue, Engine engine) {
        return run(queue, engine, task -> {});
    }

    /** The same; somebody is told of each task that has ended, on the night's thread. */
    List<String> run(List<Task> queue, Engine engine, Consumer<String> told) {
        ended = told;
        egress.prove();
        var ran = new ArrayList<String>();
        try (var workspace = opened()) {
            var books = new Books(hold.disk(log()), new LogFolder(log()), new StateFolder(folder), clock, signingKey);
            var start = new NightStart(
                    books, workspace, ZoneOffset.UTC, () -> fresh, StartListener.none(), () -> "", shard);
            switch (start.plan(new NightStart.Queue(queue))) {
                case StartPlan.NothingToDo nothing -> {}
                case StartPlan.Refused refused -> throw refused.failure();
                case StartPlan.Ready plan -> run(start, plan, workspace, engine, ran);
            }
            var replay = replay(workspace);
            if (!replay.differences().isEmpty()) {
                throw new AssertionError(replay.differences());
            }
        }
        return ran;
    }

    private Workspace opened() {
        return shard == null
                ? Workspace.open(workspace, writeSteps)
                : Workspace.openAlone(
                        workspace,
                        (step, file) -> {
                            writeSteps.before(step, file);
                            if (step == WriteSteps.Step.MOVE_BRANCH) {
                                hold.require();
                            }
                        },
                        hold.owner());
    }

    private void run(NightStart start, StartPlan.Ready plan, Workspace workspace, Engine engine, List<String> ran) {
        try (var open = start.open(plan)) {
            var machine = new Machine(2, "a processor", 8_000_000_000L);
            var context = new NightContext(
                    plan,
                    new NightContext.Program(
                            "test", "0".repeat(64), agents(), Map.of("rule", engine), unusable, egress),
                    new NightContext.Site(
                            workspace,
                            AUTHOR,
                            new StateFolder(folder),
                            hold.checkouts(new StateFolder(folder).checkouts())),
                    open,
                    NightContext.Room.of(slots),
                    new NightContext.Bounds(clock, window, watch, attempts, alike, budget),
                    new Expectation(machine, forecast, refused));
            new Night(context, listener(ran)).run();
        }
    }

    /** Replays the newest night, as every night of the tests is. */
    public Replay.Result replay(Workspace workspace) {
        return replay(workspace, null);
    }

    public Replay.Result replay(Workspace workspace, @Nullable String task) {
        return new Replay(agents(), workspace, folder.resolve("replay"), RecordedEngine::ofOne).run(journal(), task);
    }

    private NightListener listener(List<String> ran) {
        return new NightListener() {
            @Override
            public void nightStarted(String run, int tasks) {}

            @Override
            public void nightResumed(String run, Map<FinishReason, Integer> finished, int left) {
                resumed = "%d ended, %d left"
                        .formatted(
                                finished.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                left);
            }

            @Override
            public void leftOut(List<String> paths) {
                leftOut = paths;
            }

            @Override
            public void taskFinished(Task task, Ending ending) {
                ran.add(task.id() + " " + ending.reason().code());
                ended.accept(task.id());
            }

            @Override
            public void nightFinished(NightResult night) {
                result = night;
            }
        };
    }

    /** The newest journal. */
    public Path journal() {
        return History.journals(log()).getLast();
    }

    /** The values of a trailer on the newest night's branch, oldest commit first. */
    List<String> commits() {
        try (var workspace = Workspace.open(this.workspace)) {
            var branch = pantheon.night.workspace.git.NightBranch.of(Journal.run(journal()));
            return List.copyOf(workspace.commitsByTrailer("Night-Task", branch).keySet())
                    .reversed();
        }
    }
}
