package pantheon.night.batch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.NightException;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Ending;
import pantheon.night.artifact.Artifacts;
import pantheon.night.disk.Disk;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.Model;
import pantheon.night.journal.NightEvent.Moment;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.past.Attempts;
import pantheon.night.past.History;
import pantheon.night.past.PastNight;
import pantheon.night.past.TaskTimes;
import pantheon.night.proof.Claims;
import pantheon.night.proof.JournaledCommits;
import pantheon.night.proof.SigningKey;
import pantheon.night.proof.Statements;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.scratch.Scratch;

/**
 * One run over a queue: task after task, each on a clean scratch checkout, until the queue or the window ends.
 *
 * <p>Everything with an effect is handed in. What happened is in the journal, and nowhere else.
 */
public final class Night {
    /**
     * What a night works with.
     *
     * @param run its id, also the branch's and the journal's name
     * @param version the program's version
     * @param configurationDigest SHA-256 over the configuration that is in force
     * @param agents by name
     * @param engines by the name that agents give their model
     * @param disk what artifacts are written on
     * @param artifacts the folder that gets one folder a task
     * @param scratch the folder for the checkout
     * @param baseCommit what the tasks are done on
     * @param watch looks after each task while it runs
     * @param times how long tasks took in earlier nights; this one adds its own
     * @param attempts how often a task may be begun
     * @param signingKey what statements are signed with, null for a night that is not signed
     * @param expectation what the journal tells before the first task
     * @param resumption null where the night is new
     * @param egress proven, and renewed by command tools
     */
    public record Setting(
            String run,
            String version,
            String configurationDigest,
            Map<String, Agent> agents,
            Map<String, Engine> engines,
            Workspace workspace,
            String baseCommit,
            Identity author,
            Journal journal,
            Disk disk,
            Path artifacts,
            Path scratch,
            NightClock clock,
            Window window,
            Watch watch,
            History history,
            TaskTimes times,
            int attempts,
            @Nullable SigningKey signingKey,
            Expectation expectation,
            @Nullable Resumption resumption,
            Egress egress) {}

    /**
     * What a night goes on from.
     *
     * @param cutBytes how much of half a line was cut off its journal
     */
    public record Resumption(PastNight pastNight, long cutBytes) {}

    /** No repository takes as long to check out, and no night to begin or to end, where nothing hangs. */
    private static final Duration AROUND_TASKS = Duration.ofMinutes(30);

    private final Setting setting;
    private final NightListener listener;
    private final NightBranch branch;
    private final Statements statements;
    private final Map<FinishReason, Integer> finished = new EnumMap<>(FinishReason.class);
    private final List<String> carryOver = new ArrayList<>();
    private final List<String> notExpectedToEnd = new ArrayList<>();
    private long outputTokens;
    private final Duration earlier;
    private boolean begun;
    private Map<String, String> commits = Map.of();

    public Night(Setting setting, NightListener listener) {
        this.setting = setting;
        this.listener = listener;
        this.branch = NightBranch.of(setting.run());
        var resumption = setting.resumption();
        if (resumption == null) {
            this.earlier = Duration.ZERO;
        } else {
            this.earlier = resumption.pastNight().elapsed();
            this.outputTokens = resumption.pastNight().outputTokens();
            finished.putAll(resumption.pastNight().finished());
            carryOver.addAll(resumption.pastNight().leftOver());
        }
        this.statements = new Statements(
                resumption == null ? new Claims() : resumption.pastNight().claims(),
                new Statements.Signing(setting.signingKey(), setting.disk(), setting.artifacts()),
                setting.journal());
    }

    /** Runs the tasks in their order. */
    public NightResult run(List<Task> tasks) {
        var start = setting.clock().passed();
        try {
            List<Task> left;
            var beginning = watch("the night's begin");
            try (beginning) {
                left = begin(tasks);
            }
            if (setting.resumption() == null) {
                listener.nightStarted(setting.run(), left.size());
            } else {
                listener.nightResumed(setting.run(), Map.copyOf(finished), left.size());
            }
            var cutOff = runTasks(left);
            var result = result(start);
            var end = watch("the night's end");
            try (end) {
                finished(outcome(cutOff), start, null);
            }
            listener.nightFinished(result);
            return result;
        } catch (NightException e) {
            failed(e, start);
            throw e;
        }
    }

    /** What hangs does so under the watchdog's eyes, whatever it is; only what others are told is not watched. */
    private Watch.Watched watch(String work) {
        return setting.watch().begin(work, AROUND_TASKS);
    }

    /** Where not even the journal can be written any more, the first failure is the one to tell of. */
    private void failed(NightException e, Duration start) {
        try {
            var resumption = setting.resumption();
            if (!begun
                    && resumption != null
                    && resumption.pastNight().baseCommit().isPresent()) {
                resumed(resumption, List.of()); // or it would tell how the start before this one ended
            }
            finished(NightOutcome.FAILED, start, e.getMessage());
        } catch (NightException second) {
            e.addSuppressed(second);
        }
    }

    /** The first line of the journal, or the first one after an interruption; gives the tasks that are left. */
    private List<Task> begin(List<Task> tasks) {
        var resumption = setting.resumption();
        if (resumption == null || resumption.pastNight().baseCommit().isEmpty()) {
            started(tasks.size());
            setting.journal().append(setting.egress().opening(Moment.START));
            forecast();
        }
        setting.workspace().requireFree(branch);
        if (resumption == null) {
            return tasks;
        }
        setting.workspace().takeOver(branch);
        Artifacts.putStrangersAside(
                setting.disk(), setting.artifacts(), resumption.pastNight().begun());
        commits = setting.workspace().commitsByTrailer(JournaledCommits.KEY, branch);
        var pastNight = resumption.pastNight();
        var settled = pastNight.committed(commits);
        if (pastNight.baseCommit().isPresent()) {
            resumed(resumption, settled);
            setting.journal().append(setting.egress().opening(Moment.RESUME));
            pastNight.settle(commits, setting.journal());
            statements.sign();
        }
        settled.forEach(task -> finished.merge(FinishReason.ACCEPTED, 1, Integer::sum));
        var ended = new HashSet<>(settled);
        ended.addAll(carryOver);
        return tasks.stream().filter(task -> !ended.contains(task.id())).toList();
    }

    private @Nullable FinishReason runTasks(List<Task> tasks) {
        Scratch scratch;
        var checkout = watch("the checkout");
        try (checkout) {
            scratch = setting.workspace().checkout(setting.baseCommit(), setting.scratch());
        }
        FinishReason cutOff = null;
        for (var task : tasks) {
            var closed = setting.window().closed();
            if (closed.isPresent()) {
                cutOff = closed.get();
                carryOver.add(task.id());
                continue;
            }
            var agent = setting.agents().get(task.agent());
            var engine = agent == null ? null : setting.engines().get(agent.model());
            if (agent == null || engine == null) {
                throw new IllegalStateException("task " + task.id() + " was not validated before the night");
            }
            var attempts = setting.history().attempts(task.id());
            boolean spent = attempts.count() >= setting.attempts();
            if (!spent && !setting.window().admits(setting.times().expected(agent))) {
                notExpectedToEnd.add(task.id());
                carryOver.add(task.id());
                continue; // one behind it may be shorter
            }
            var limits = agent.limits();
            Ending ending;
            var watched =
                    setting.watch().begin("task " + task.id(), limits.taskTime().plus(limits.toolTime()));
            try (watched) {
                ending = run(task, agent, engine, attempts, scratch);
                if (ending.reason() == FinishReason.TOOL_TIMEOUT) {
                    scratch = scratch.elsewhere(); // a tool that could not be ended may write there at any time
                }
                statements.sign();
            }
            if (ending.reason().isNightsEnd()) {
                cutOff = ending.reason();
            }
            listener.taskFinished(task, ending);
        }
        var cleaning = watch("the checkout");
        try (cleaning) {
            scratch.reset();
        }
        return cutOff == null && !notExpectedToEnd.isEmpty() ? FinishReason.WINDOW_CLOSED : cutOff;
    }

    private Ending run(Task task, Agent agent, Engine engine, Attempts attempts, Scratch scratch) {
        var from = setting.clock().passed();
        scratch.reset();
        var run = new TaskRun(
                task,
                agent,
                engine,
                setting.workspace(),
                scratch,
                branch,
                setting.author(),
                setting.journal(),
                new Artifacts(setting.disk(), setting.artifacts().resolve(task.id())),
                setting.clock(),
                attempts.count() + 1,
                commits,
                setting.egress());
        var ending = attempts.count() >= setting.attempts() ? run.giveUp(attempts) : run.run(setting.window());
        finished.merge(ending.reason(), 1, Integer::sum);
        setting.times().ended(agent, ending.reason(), setting.clock().passed().minus(from));
        outputTokens += ending.progress().outputTokens();
        if (ending.reason().carriesOver()) {
            carryOver.add(task.id());
        }
        return ending;
    }

    private void started(int tasks) {
        append(new NightStarted(
                setting.run(),
                setting.version(),
                tasks,
                setting.baseCommit(),
                setting.workspace().firstCommit(),
                branch.name(),
                setting.configurationDigest(),
                models(),
                statements.keyId().orElse(null),
                setting.history().previous().orElse(null),
                setting.history().prunedHead().orElse(null),
                setting.expectation().machine()));
        begun = true;
    }

    /** How the night was expected to go, before it began. */
    private void forecast() {
        var forecast = setting.expectation().forecast();
        if (forecast != null) {
            append(new ForecastMade(forecast));
        }
    }

    private void resumed(Resumption resumption, List<String> settled) {
        append(new NightResumed(
                setting.version(),
                setting.configurationDigest(),
                models(),
                resumption.cutBytes(),
                settled,
                statements.keyId().orElse(null)));
        begun = true;
    }

    private List<Model> models() {
        return setting.engines().entrySet().stream()
                .map(entry -> model(entry.getKey(), entry.getValue().model()))
                .toList();
    }

    private static Model model(String name, EngineModel model) {
        return new Model(
                name, model.digest(), model.contextTokens(), model.origin(), model.name(), model.controlTexts());
    }

    private NightResult result(Duration start) {
        return new NightResult(
                setting.run(),
                finished.containsKey(FinishReason.ACCEPTED) ? branch.name() : null,
                finished,
                carryOver,
                notExpectedToEnd,
                outputTokens,
                elapsed(start));
    }

    /** With the starts before this one. */
    private Duration elapsed(Duration start) {
        return earlier.plus(setting.clock().passed()).minus(start);
    }

    private static NightOutcome outcome(@Nullable FinishReason cutOff) {
        return cutOff == null ? NightOutcome.DONE : NightOutcome.of(cutOff);
    }

    private void finished(NightOutcome outcome, Duration start, @Nullable String message) {
        append(new NightFinished(
                outcome,
                finished,
                elapsed(start).toMillis(),
                message,
                carryOver,
                statements.areSigned(),
                notExpectedToEnd));
        statements.sign();
    }

    private void append(NightEvent event) {
        setting.journal().append(event);
    }
}
