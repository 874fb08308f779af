package pantheon.night.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Answer;
import pantheon.night.agent.Ending;
import pantheon.night.agent.Progress;
import pantheon.night.agent.StopSignal;
import pantheon.night.agent.ToolLoop;
import pantheon.night.agent.Wish;
import pantheon.night.artifact.Artifacts;
import pantheon.night.batch.work.SharedModel;
import pantheon.night.contract.Json;
import pantheon.night.contract.PlainText;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.Conversation;
import pantheon.night.engine.Engine;
import pantheon.night.journal.EventCodec;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent;
import pantheon.night.journal.NightEvent.CommitIntended;
import pantheon.night.journal.NightEvent.SchemaDigests;
import pantheon.night.journal.NightEvent.TaskEnding;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.journal.NightEvent.Tokens;
import pantheon.night.journal.NightEvent.ToolDigest;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.AcceptedWork;
import pantheon.night.past.Attempts;
import pantheon.night.queue.InputPaths;
import pantheon.night.queue.Order;
import pantheon.night.queue.Task;
import pantheon.night.workspace.branch.CommitRequest;
import pantheon.night.workspace.branch.CommitResult;
import pantheon.night.workspace.branch.MergeJudge;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;
import pantheon.night.workspace.scratch.Scratch;
import pantheon.night.workspace.scratch.ScratchTask;

/**
 * One task on a clean scratch checkout: its loop, a step at a time, the commit where it is accepted, its artifacts.
 *
 * <p>Used by the night's thread; what the loop wishes for, and {@link #leave}, may be done by another one.
 */
public final class TaskRun implements AutoCloseable {
    private final NightContext night;
    private final Task task;
    private final Agent agent;
    private final Engine engine;
    private final Attempts attempts;
    private final int slot;
    private final Contained contained;
    private final Scratch scratch;
    private final NightBranch branch;
    private final Journal journal;
    private final Artifacts artifacts;
    private final Map<String, String> commits;
    private final CommittedWork committed;
    private final ScratchTask files;
    private @Nullable Conversation conversation;
    private @Nullable ToolLoop loop;

    /**
     * @param commits the commits that are on the branch already, by their idempotency keys
     * @param committed gets what this task commits
     */
    TaskRun(NightContext night, TaskContext context, Map<String, String> commits, CommittedWork committed) {
        this.night = night;
        this.task = context.task();
        this.agent = context.agent();
        this.engine = context.engine();
        this.attempts = context.attempts();
        this.slot = context.slot();
        this.contained = context.contained();
        this.scratch = context.scratch();
        this.branch = night.branch();
        this.journal = night.journal();
        this.artifacts = night.artifacts(task);
        this.commits = commits;
        this.committed = committed;
        this.files = new ScratchTask(scratch);
    }

    /** Ends the task without another attempt. */
    Ending giveUp() {
        var reason = FinishReason.ATTEMPTS_SPENT;
        var message = "all its attempts are spent: " + attempts.words();
        var ending = new Ending(reason, message, Progress.NONE, null, Duration.ZERO);
        finished(ending, null);
        return ending;
    }

    /** Ends a task whose input names a file that is not there: no model is asked about it. Empty where there is none such. */
    Optional<Ending> decline() {
        return new InputPaths(night.workspace(), scratch.baseCommit())
                .problem(agent, task.input())
                .map(this::declined);
    }

    private Ending declined(String problem) {
        artifacts.json("input.json", task.input());
        var ending = new Ending(FinishReason.DECLINED, problem, Progress.NONE, null, Duration.ZERO);
        finished(ending, null);
        return ending;
    }

    /** Begins it, and says what its loop needs first. */
    Wish start(StopSignal stop) {
        started();
        var control = agent.format().control(engine.model().controlTexts());
        var opened = open();
        var begun =
                new ToolLoop(agent, task.asked(), files, opened, control, night.clock(), stop, log(opened), contained);
        loop = begun;
        return begun.start();
    }

    private Conversation open() {
        var opened = engine.open();
        conversation = night.room().isShared() ? new SharedModel(opened, night.clock()) : opened;
        return conversation;
    }

    private JournalTaskLog log(Conversation opened) {
        return new JournalTaskLog(
                task.id(),
                engine.model().name(),
                this::append,
                artifacts,
                () -> opened instanceof SharedModel shared ? shared.waited() : null);
    }

    /** Takes what came of the loop's last wish, and says what it needs next. */
    Wish next(Answer answer) {
        return Objects.requireNonNull(loop, "it is started first").next(answer);
    }

    /**
     * Looks at what the loop has left, null where that cannot be committed, and closes the conversation; may be done by
     * another thread. What was checked was looked at before; nobody looks at the files a second time.
     */
    @Nullable
    Diff leave() {
        close();
        try {
            return files.left().diff();
        } catch (PathRefused e) {
            return null;
        }
    }

    /** Commits what the loop left where it is accepted, and writes down how the task ended. */
    Ending end(Ending reached, @Nullable Diff diff) {
        if (diff != null) {
            artifacts.text("diff.patch", diff.patch());
        }
        var judged = judged(reached, diff);
        var ending = diff == null || diff.isEmpty() || !judged.accepted() ? judged : commit(judged, diff);
        finished(ending, diff);
        return ending;
    }

    /** Closes the conversation, where one is open. */
    @Override
    public void close() {
        if (conversation != null) {
            conversation.close();
            conversation = null;
        }
    }

    /** A proof that a tool asked for stands before what the tool returned. */
    private void append(NightEvent event) {
        night.egress().renewals().forEach(journal::append);
        journal.append(event);
    }

    /** How a loop's ending stands before the commit, null where what it left cannot be committed. */
    public static Ending judged(Ending ending, @Nullable Diff diff) {
        if (!ending.accepted()) {
            return ending;
        }
        if (diff == null) {
            return with(ending, FinishReason.NOT_ACCEPTED, "a changed file can be no part of a commit");
        }
        return diff.isEmpty() ? with(ending, FinishReason.ACCEPTED, TaskEnding.UNCHANGED) : ending;
    }

    /** Announced in the journal first, so that a commit whose line was lost is known by its key. */
    private Ending commit(Ending ending, Diff diff) {
        var intent = intent(ending, diff);
        artifacts.sync();
        var intended = journal.append(intent);
        var there = commits.get(intent.key());
        var work = work(ending);
        if (there != null) {
            committed.add(there, work);
            journal.append(intent.recovered(there));
            return ending;
        }
        return switch (night.workspace().commit(request(diff, intent.key(), intended.hash()), judge(work))) {
            case CommitResult.Committed made -> {
                committed.add(made.commitId(), work);
                journal.append(intent.made(made.commitId(), made.merged()));
                yield ending;
            }
            case CommitResult.Refused refused ->
                with(ending, FinishReason.CONFLICT, "merged with another task's commit, " + refused.problem());
            case CommitResult.Conflict conflict ->
                with(ending, FinishReason.CONFLICT, "another task changed the same lines of " + conflict.paths());
            case CommitResult.NothingToCommit nothing -> with(ending, FinishReason.ACCEPTED, TaskEnding.UNCHANGED);
        };
    }

    /** All checks of a merge together have the time of one call. */
    private MergeJudge judge(AcceptedWork work) {
        return committed.judge(work, agent.limits().toolTime());
    }

    private AcceptedWork work(Ending ending) {
        return AcceptedWork.of(task.id(), agent, task.input(), ending.output());
    }

    private CommitIntended intent(Ending ending, Diff diff) {
        return new CommitIntended(
                task.id(), branch.name(), scratch.baseCommit(), key(), Sha256.hex(diff.patch()), outcome(ending, diff));
    }

    /**
     * The idempotency key: the same task, done by the same agent and model on the same commit, has the same one. A reason
     * for which an earlier attempt was rejected is a part of what it is asked.
     */
    private String key() {
        var rejected = task.rejected();
        return Sha256.hex(String.join(
                "\n",
                task.id(),
                Json.write(task.input()) + (rejected == null ? "" : "\n" + Json.quote(rejected)),
                agent.name() + "@" + agent.version(),
                agent.templateHash(),
                engine.model().digest(),
                scratch.baseCommit()));
    }

    /** @param head the hash of the journal's line that announced the commit */
    private CommitRequest request(Diff diff, String key, String head) {
        var author = night.site().author();
        var message = "%s: %s\n\n%s".formatted(agent.name(), subject(diff), changedPaths(diff));
        return new CommitRequest(diff, branch, author, author, night.clock().instant(), message, trailers(key, head));
    }

    private List<Trailer> trailers(String key, String head) {
        return List.of(
                new Trailer(Trailer.TASK, task.id()),
                new Trailer("Night-Agent", agent.name() + "@" + agent.version()),
                new Trailer("Night-Model", engine.model().digest()),
                new Trailer("Night-Template", agent.templateHash()),
                new Trailer("Night-Journal", head),
                new Trailer(Trailer.IDEMPOTENCY_KEY, key));
    }

    /** What a commit is about: the file where it changes one, which is what people look for; else its task. */
    private String subject(Diff diff) {
        var paths = diff.changes().stream().map(change -> change.path()).toList();
        return paths.size() == 1 && PlainText.isTrimmedLine(paths.getFirst()) ? paths.getFirst() : task.id();
    }

    private static String changedPaths(Diff diff) {
        return String.join(
                "\n",
                diff.changes().stream().map(change -> Json.quote(change.path())).toList());
    }

    private static Ending with(Ending ending, FinishReason reason, String message) {
        return new Ending(reason, message, ending.progress(), ending.output(), ending.elapsed());
    }

    private void started() {
        artifacts.json("input.json", task.input());
        long length = Order.lengths(night.workspace(), scratch.baseCommit()).applyAsLong(task);
        journal.append(started(task.id(), agent, task.asked())
                .asQueued(attempts.count() + 1, night.room().isShared() ? slot : null, length, task.labels()));
    }

    /** What a task is begun with, whatever the queue and the history say of it. */
    public static TaskStarted started(String task, Agent agent, ToolLoop.Asked asked) {
        return new TaskStarted(
                task,
                agent.name(),
                agent.version(),
                agent.templateHash(),
                asked.input(),
                agent.model(),
                new SchemaDigests(digest(agent.input()), digest(agent.output())),
                agent.tools().stream()
                        .map(tool -> new ToolDigest(tool.name(), tool.tool().digest()))
                        .toList(),
                null,
                null,
                null,
                List.of(),
                asked.rejected());
    }

    private static String digest(Schema schema) {
        return Sha256.hex(Json.write(schema.json()));
    }

    private void finished(Ending ending, @Nullable Diff diff) {
        artifacts.json("metrics.json", EventCodec.data(outcome(ending, diff).metrics()));
        var output = ending.output();
        if (output != null) {
            artifacts.json("output.json", output);
        }
        if (!ending.accepted()) {
            artifacts.json(
                    "error.json",
                    Json.object().put("finish_reason", ending.reason().code()).put("message", ending.message()));
        }
        artifacts.sync();
        journal.append(new TaskFinished(task.id(), outcome(ending, diff)));
    }

    /** What a task ended with. */
    public static TaskEnding outcome(Ending ending, @Nullable Diff diff) {
        var progress = ending.progress();
        return new TaskEnding(
                ending.reason(),
                ending.message(),
                progress.steps(),
                progress.failures(),
                new Tokens(progress.inputTokens(), progress.cachedTokens(), progress.outputTokens()),
                ending.elapsed().toMillis(),
                diff == null ? null : Sha256.hex(diff.patch()),
                ending.output());
    }
}
