package pantheon.night.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.NightException;
import pantheon.night.agent.Ending;
import pantheon.night.artifact.Artifacts;
import pantheon.night.engine.EngineModel;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.Model;
import pantheon.night.journal.NightEvent.Moment;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.past.AlikeEndings;
import pantheon.night.past.Attempts;
import pantheon.night.past.CommittedTask;
import pantheon.night.past.PastNight;
import pantheon.night.past.TaskTimes;
import pantheon.night.proof.Claims;
import pantheon.night.proof.Statements;
import pantheon.night.queue.Task;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;
import pantheon.night.workspace.scratch.Scratch;

/**
 * One run over a queue: task after task, each on a clean scratch checkout, until the queue or the window ends.
 *
 * <p>Everything with an effect is handed in. What happened is in the journal, and nowhere else.
 */
public final class Night {
    /** No repository takes as long to check out, and no night to begin or to end, where nothing hangs. */
    private static final Duration AROUND_TASKS = Duration.ofMinutes(30);

    /** How many threads of tools and checks that could not be ended may go on beside the next task. */
    private static final int MOST_LEFT = 2;

    private final NightContext night;
    private final NightListener listener;
    private final NightBranch branch;
    private final @Nullable PastNight interrupted;
    private final TaskTimes times;
    private final Statements statements;
    private final Map<FinishReason, Integer> finished = new EnumMap<>(FinishReason.class);
    private final List<String> carryOver = new ArrayList<>();
    private final List<String> notExpectedToEnd = new ArrayList<>();
    private final Contained contained = new Contained();
    private final Map<String, String> early = new LinkedHashMap<>();
    private final AlikeEndings alike;
    private long outputTokens;
    private final Duration earlier;
    private boolean begun;
    private Map<String, String> commits = Map.of();
    private final CommittedWork committed;

    public Night(NightContext night, NightListener listener) {
        this.night = night;
        this.listener = listener;
        this.branch = night.branch();
        this.committed = new CommittedWork(contained, night.clock());
        this.interrupted = night.plan() instanceof StartPlan.Resume resume ? resume.night() : null;
        this.times = new TaskTimes(night.plan().past().experience()::times);
        this.alike = interrupted == null ? new AlikeEndings() : interrupted.alike();
        if (interrupted == null) {
            this.earlier = Duration.ZERO;
        } else {
            this.earlier = interrupted.elapsed();
            this.outputTokens = interrupted.outputTokens();
            finished.putAll(interrupted.finished());
            carryOver.addAll(interrupted.leftOver());
        }
        this.statements = new Statements(
                interrupted == null ? new Claims() : interrupted.claims(),
                night.books().signing(),
                night.journal());
    }

    /** Runs the tasks in their order. */
    public NightResult run() {
        var start = night.clock().passed();
        try {
            List<Task> left;
            var beginning = watch("the night's begin");
            try (beginning) {
                left = begin(night.plan().tasks());
            }
            if (interrupted == null) {
                listener.nightStarted(night.run(), left.size());
            } else {
                listener.nightResumed(night.run(), Map.copyOf(finished), left.size());
            }
            var cutOff = runTasks(left);
            committed.last().ifPresent(commit -> night.workspace().requireKept(branch, commit));
            var result = result(start);
            var end = watch("the night's end");
            try (end) {
                finished(outcome(cutOff), start, early.isEmpty() ? null : String.join(" ", early.values()));
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
        return night.bounds().watch().begin(work, AROUND_TASKS);
    }

    /** Where not even the journal can be written any more, the first failure is the one to tell of. */
    private void failed(NightException e, Duration start) {
        try {
            if (!begun && interrupted != null && interrupted.baseCommit().isPresent()) {
                resumed(List.of()); // or it would tell how the start before this one ended
            }
            finished(NightOutcome.FAILED, start, e.getMessage());
        } catch (NightException second) {
            e.addSuppressed(second);
        }
    }

    /** The first line of the journal, or the first one after an interruption; gives the tasks that are left. */
    private List<Task> begin(List<Task> tasks) {
        if (interrupted == null || interrupted.baseCommit().isEmpty()) {
            started(tasks.size());
            night.journal().append(night.egress().opening(Moment.START));
            forecast();
        }
        night.workspace().requireFree(branch);
        if (interrupted == null) {
            night.workspace().requireNew(branch);
            return tasks;
        }
        night.workspace().takeOver(branch);
        Artifacts.putStrangersAside(night.books().signing().disk(), night.artifacts(), interrupted.begun());
        commits = night.workspace().commitsByTrailer(Trailer.IDEMPOTENCY_KEY, branch);
        keep(interrupted.committedTasks(commits));
        var settled = interrupted.committed(commits);
        if (interrupted.baseCommit().isPresent()) {
            resumed(settled);
            night.journal().append(night.egress().opening(Moment.RESUME));
            interrupted.settle(commits, night.journal());
            statements.sign();
        }
        settled.forEach(task -> finished.merge(FinishReason.ACCEPTED, 1, Integer::sum));
        tasks.stream()
                .filter(task -> settled.contains(task.id()))
                .forEach(task -> alike.ended(task.agent(), FinishReason.ACCEPTED, ""));
        var ended = new HashSet<>(settled);
        ended.addAll(carryOver);
        return tasks.stream().filter(task -> !ended.contains(task.id())).toList();
    }

    /** What the journal says was committed must be on the branch before anything is added to it. */
    private void keep(List<CommittedTask> tasks) {
        for (var task : tasks) {
            night.workspace().requireKept(branch, task.commit());
        }
        committed.addAll(tasks, night.program().agents());
    }

    /** Gives what the night was cut off by, null where its queue was done. */
    private @Nullable FinishReason runTasks(List<Task> tasks) {
        var slot = new Slot(checkout());
        FinishReason cutOff = null;
        for (var task : tasks) {
            var closed = night.bounds().window().closed().or(this::crowded);
            if (closed.isPresent()) {
                cutOff = closed.get();
                carryOver.add(task.id());
            } else if (failsAlike(task.agent())) {
                carryOver.add(task.id());
            } else if (isAdmitted(task)) {
                var ending = watched(task, slot);
                if (ending.reason() == FinishReason.TOOL_TIMEOUT) {
                    slot.abandon();
                }
                cutOff = ending.reason().isNightsEnd() ? ending.reason() : cutOff;
                listener.taskFinished(task, ending);
            } else {
                notExpectedToEnd.add(task.id());
                carryOver.add(task.id()); // one behind it may be shorter
            }
        }
        clean(slot);
        return cutOff != null || carryOver.isEmpty() ? cutOff : leftOver();
    }

    /** What the night was cut off by that came to its queue's end and did not begin all of it; null where it did. */
    private @Nullable FinishReason leftOver() {
        if (!early.isEmpty()) {
            return FinishReason.STOPPED;
        }
        return notExpectedToEnd.isEmpty() ? null : FinishReason.WINDOW_CLOSED;
    }

    /** Whether an agent's last tasks all failed alike, so that no other of it begins. */
    private boolean failsAlike(String agent) {
        int most = night.bounds().alike();
        var how = alike.stopping(agent, most);
        how.ifPresent(words -> stopsEarly(
                agent,
                "The last %d tasks of agent %s all ended alike, %s, so no other of its tasks begins in this night. Look at one of them, then mend the agent, its model or the queue; window.alike sets the number."
                        .formatted(most, agent, words)));
        return how.isPresent();
    }

    /** Tells once why tasks do not begin. */
    private void stopsEarly(String what, String why) {
        if (early.putIfAbsent(what, why) == null) {
            listener.stopsEarly(why);
        }
    }

    /** A thread that nobody can end is left behind by ending the process. */
    private Optional<FinishReason> crowded() {
        if (contained.left() <= MOST_LEFT) {
            return Optional.empty();
        }
        stopsEarly(
                "",
                "%d threads of tools and checks could not be ended, so the night stops here; the next start goes on without them"
                        .formatted(contained.left()));
        return Optional.of(FinishReason.STOPPED);
    }

    private Scratch checkout() {
        Scratch scratch;
        var checkout = watch("the checkout");
        try (checkout) {
            scratch = night.workspace()
                    .checkout(night.plan().baseCommit(), night.site().scratch());
        }
        if (!scratch.leftOut().isEmpty()) {
            listener.leftOut(scratch.leftOut());
        }
        return scratch;
    }

    private void clean(Slot slot) {
        var cleaning = watch("the checkout");
        try (cleaning) {
            slot.clean();
        }
    }

    /** Whether a task begins in what is left of the window; one whose attempts are spent takes no time. */
    private boolean isAdmitted(Task task) {
        return isSpent(night.history().attempts(task.id()))
                || night.bounds().window().admits(times.expected(night.program().agent(task)));
    }

    private boolean isSpent(Attempts attempts) {
        return attempts.isHopeless() || attempts.count() >= night.bounds().attempts();
    }

    /** Runs a task under the watchdog's eyes, and signs what it came to. */
    private Ending watched(Task task, Slot slot) {
        var agent = night.program().agent(task);
        var limits = agent.limits();
        int behind = agent.checks().size()
                + 3; // the last call, the checks, those of a merge, and what the input is made into
        var watched = night.bounds()
                .watch()
                .begin(
                        "task " + task.id(),
                        limits.taskTime().plus(limits.toolTime().multipliedBy(behind)));
        try (watched) {
            var from = night.clock().passed();
            var attempts = night.history().attempts(task.id());
            var context = new TaskContext(task, agent, night.program().engine(task), attempts, slot.clean(), contained);
            var ending = run(context, from);
            statements.sign();
            return ending;
        }
    }

    /** @param from when what the task takes began, the making of a clean checkout included */
    private Ending run(TaskContext task, Duration from) {
        var run = new TaskRun(night, task, commits, committed);
        var ending =
                isSpent(task.attempts()) ? run.giveUp() : run.run(night.bounds().window());
        finished.merge(ending.reason(), 1, Integer::sum);
        alike.ended(task.agent().name(), ending.reason(), ending.message());
        times.ended(task.agent(), ending.reason(), night.clock().passed().minus(from));
        outputTokens += ending.progress().outputTokens();
        if (ending.reason().carriesOver()) {
            carryOver.add(task.task().id());
        }
        return ending;
    }

    private void started(int tasks) {
        append(new NightStarted(
                night.run(),
                night.program().version(),
                tasks,
                night.plan().baseCommit(),
                night.workspace().firstCommit().orElse(null),
                branch.name(),
                night.program().configurationDigest(),
                models(),
                statements.keyId().orElse(null),
                night.history().previous().orElse(null),
                night.history().prunedHead().orElse(null),
                night.expectation().machine()));
        begun = true;
    }

    /** How the night was expected to go, before it began. */
    private void forecast() {
        var forecast = night.expectation().forecast();
        if (forecast != null) {
            append(new ForecastMade(forecast));
        }
    }

    private void resumed(List<String> settled) {
        append(new NightResumed(
                night.program().version(),
                night.program().configurationDigest(),
                models(),
                night.books().opened().cutBytes(),
                settled,
                statements.keyId().orElse(null)));
        begun = true;
    }

    private List<Model> models() {
        return night.program().engines().entrySet().stream()
                .map(entry -> model(entry.getKey(), entry.getValue().model()))
                .toList();
    }

    private static Model model(String name, EngineModel model) {
        return new Model(
                name,
                model.digest(),
                model.contextTokens(),
                model.origin(),
                model.name(),
                model.controlTexts(),
                model.facts());
    }

    private NightResult result(Duration start) {
        return new NightResult(
                night.run(),
                committed.last().isPresent() ? branch.name() : null,
                finished,
                carryOver,
                notExpectedToEnd,
                List.copyOf(early.values()),
                outputTokens,
                elapsed(start));
    }

    /** With the starts before this one. */
    private Duration elapsed(Duration start) {
        return earlier.plus(night.clock().passed()).minus(start);
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
        night.journal().append(event);
    }
}
