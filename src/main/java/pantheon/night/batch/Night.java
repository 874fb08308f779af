package pantheon.night.batch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.KeptOrder;
import pantheon.night.NightException;
import pantheon.night.artifact.Artifacts;
import pantheon.night.batch.work.Watch;
import pantheon.night.decision.Waiting;
import pantheon.night.engine.EngineModel;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.AgentWaits;
import pantheon.night.journal.NightEvent.ForecastMade;
import pantheon.night.journal.NightEvent.Model;
import pantheon.night.journal.NightEvent.Moment;
import pantheon.night.journal.NightEvent.NightFinished;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.outcome.FinishReason;
import pantheon.night.outcome.NightOutcome;
import pantheon.night.past.CommittedTask;
import pantheon.night.past.PastNight;
import pantheon.night.past.TaskTimes;
import pantheon.night.proof.Claims;
import pantheon.night.proof.Statements;
import pantheon.night.queue.Task;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;

/**
 * One run over a queue: its tasks one after the other or some beside one another, each on a clean scratch checkout, until
 * the queue or the window ends.
 *
 * <p>Everything with an effect is handed in. What happened is in the journal, and nowhere else.
 */
public final class Night {
    /** No night takes as long to begin or to end where nothing hangs. */
    private static final Duration AROUND_TASKS = Duration.ofMinutes(30);

    private final NightContext night;
    private final NightListener listener;
    private final NightBranch branch;
    private final @Nullable PastNight interrupted;
    private final Statements statements;
    private final Tally tally;
    private final Contained contained = new Contained();
    private final CommittedWork committed;
    private final Duration earlier;
    private boolean begun;
    private Map<String, String> commits = Map.of();

    public Night(NightContext night, NightListener listener) {
        this.night = night;
        this.listener = listener;
        this.branch = night.branch();
        this.committed = new CommittedWork(contained, night.clock());
        this.interrupted = night.plan() instanceof StartPlan.Resume resume ? resume.night() : null;
        this.tally = new Tally(interrupted, new TaskTimes(night.plan().past().experience()::times));
        this.earlier = interrupted == null ? Duration.ZERO : interrupted.elapsed();
        this.statements = new Statements(
                interrupted == null ? new Claims() : interrupted.claims(),
                night.books().signing(),
                night.journal());
    }

    /** Runs the tasks, begun in their order. */
    public NightResult run() {
        var flight = new Flight(night, listener, tally, statements, contained, committed);
        try (flight) { // what is under way where the night fails ends before anything that it uses is closed
            return run(flight, night.clock().passed());
        }
    }

    private NightResult run(Flight flight, Duration start) {
        try {
            List<Task> left;
            var beginning = watch("the night's begin");
            try (beginning) {
                left = begin(night.plan().tasks());
            }
            if (interrupted == null) {
                listener.nightStarted(night.run(), left.size());
            } else {
                listener.nightResumed(night.run(), KeptOrder.map(tally.finished()), left.size());
            }
            var cutOff = flight.run(left, commits);
            committed.last().ifPresent(commit -> night.workspace().requireKept(branch, commit));
            night.workspace().requireUnmoved(branch);
            var result = result(start);
            var end = watch("the night's end");
            try (end) {
                finished(outcome(cutOff), start, early());
            }
            listener.nightFinished(result);
            return result;
        } catch (NightException e) {
            failed(e, start);
            throw e;
        }
    }

    private @Nullable String early() {
        return tally.early().isEmpty() ? null : String.join(" ", tally.early());
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
            night.expectation().linesRefused().ifPresent(this::append);
            night.plan().waiting().forEach(this::waits);
            Expectation.tasksParked(night.plan().parked()).ifPresent(this::append);
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
            night.expectation().linesRefused().ifPresent(this::append);
            Expectation.tasksParked(night.plan().parked()).ifPresent(this::append);
            interrupted.settle(commits, night.journal());
            statements.sign();
        }
        tally.settled(settled, tasks);
        var ended = new HashSet<>(settled);
        ended.addAll(tally.carryOver());
        return tasks.stream().filter(task -> !ended.contains(task.id())).toList();
    }

    /** What the journal says was committed must be on the branch before anything is added to it. */
    private void keep(List<CommittedTask> tasks) {
        for (var task : tasks) {
            night.workspace().requireKept(branch, task.commit());
        }
        committed.addAll(tasks, night.program().agents());
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
                slots(),
                statements.keyId().orElse(null),
                night.history().previous().orElse(null),
                night.history().prunedHead().orElse(null),
                night.expectation().machine(),
                night.plan().shard()));
        begun = true;
    }

    private void waits(Waiting.Held held) {
        var stop = held.stop();
        append(new AgentWaits(stop.agent(), stop.run(), stop.number(), stop.how(), held.tasks()));
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
                slots(),
                night.books().opened().cutBytes(),
                settled,
                statements.keyId().orElse(null)));
        begun = true;
    }

    private @Nullable Integer slots() {
        return night.room().isShared() ? night.room().slots() : null;
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
                tally.finished(),
                tally.carryOver(),
                tally.notExpectedToEnd(),
                tally.early(),
                tally.outputTokens(),
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
                tally.finished(),
                elapsed(start).toMillis(),
                message,
                tally.carryOver(),
                statements.areSigned(),
                tally.notExpectedToEnd()));
        statements.sign();
    }

    private void append(NightEvent event) {
        night.journal().append(event);
    }
}
