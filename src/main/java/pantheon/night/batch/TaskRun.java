package pantheon.night.batch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.NightClock;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Ending;
import pantheon.night.agent.Progress;
import pantheon.night.agent.StopSignal;
import pantheon.night.agent.ToolLoop;
import pantheon.night.artifact.Artifacts;
import pantheon.night.contract.Json;
import pantheon.night.contract.Schema;
import pantheon.night.contract.Sha256;
import pantheon.night.engine.Engine;
import pantheon.night.journal.Event;
import pantheon.night.journal.EventType;
import pantheon.night.journal.Journal;
import pantheon.night.outcome.FinishReason;
import pantheon.night.past.Attempts;
import pantheon.night.past.PastNight;
import pantheon.night.prompt.ControlText;
import pantheon.night.proof.JournaledCommits;
import pantheon.night.queue.Order;
import pantheon.night.queue.Task;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.git.CommitRequest;
import pantheon.night.workspace.git.CommitResult;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.git.Identity;
import pantheon.night.workspace.git.NightBranch;
import pantheon.night.workspace.git.Trailer;
import pantheon.night.workspace.scratch.Scratch;
import pantheon.night.workspace.scratch.ScratchTask;
import tools.jackson.databind.node.ObjectNode;

/** Runs one task: the loop on a clean scratch checkout, the commit where it is accepted, its artifacts. */
public final class TaskRun {
    private final Task task;
    private final Agent agent;
    private final Engine engine;
    private final Workspace workspace;
    private final Scratch scratch;
    private final NightBranch branch;
    private final Identity author;
    private final Journal journal;
    private final Artifacts artifacts;
    private final NightClock clock;
    private final int attempt;
    private final Map<String, String> commits;
    private final Egress egress;

    /**
     * @param attempt the how manieth it is, from 1
     * @param commits the commits that are on the branch already, by their idempotency keys
     */
    TaskRun(
            Task task,
            Agent agent,
            Engine engine,
            Workspace workspace,
            Scratch scratch,
            NightBranch branch,
            Identity author,
            Journal journal,
            Artifacts artifacts,
            NightClock clock,
            int attempt,
            Map<String, String> commits,
            Egress egress) {
        this.task = task;
        this.agent = agent;
        this.engine = engine;
        this.workspace = workspace;
        this.scratch = scratch;
        this.branch = branch;
        this.author = author;
        this.journal = journal;
        this.artifacts = artifacts;
        this.clock = clock;
        this.attempt = attempt;
        this.commits = commits;
        this.egress = egress;
    }

    /** Ends the task without another attempt. */
    Ending giveUp(Attempts attempts) {
        var reason = FinishReason.ATTEMPTS_SPENT;
        var message = "all its attempts are spent: " + attempts.words();
        var ending = new Ending(reason, message, Progress.NONE, null, Duration.ZERO);
        finished(ending, null);
        return ending;
    }

    Ending run(StopSignal stop) {
        started();
        var reached = loop(stop);
        var diff = diff();
        if (diff != null) {
            artifacts.text("diff.patch", diff.patch());
        }
        var judged = judged(reached, diff);
        var ending = diff == null || diff.isEmpty() || !judged.accepted() ? judged : commit(judged, diff);
        finished(ending, diff);
        return ending;
    }

    private Ending loop(StopSignal stop) {
        var log = new JournalTaskLog(task.id(), engine.model().name(), this::append, artifacts);
        var control = new ControlText(engine.model().controlTexts());
        try (var conversation = engine.open()) {
            return new ToolLoop(agent, task.input(), new ScratchTask(scratch), conversation, control, clock, stop, log)
                    .run();
        }
    }

    /** A proof that a tool asked for stands before what the tool returned. */
    private void append(Event event) {
        egress.renewals().forEach(journal::append);
        journal.append(event);
    }

    private @Nullable Diff diff() {
        try {
            return scratch.diff();
        } catch (PathRefused e) {
            return null;
        }
    }

    /** How a loop's ending stands before the commit, null where what it left cannot be committed. */
    public static Ending judged(Ending ending, @Nullable Diff diff) {
        if (!ending.accepted()) {
            return ending;
        }
        if (diff == null) {
            return with(ending, FinishReason.NOT_ACCEPTED, "a changed file can be no part of a commit");
        }
        return diff.isEmpty() ? with(ending, FinishReason.ACCEPTED, "nothing had to change") : ending;
    }

    /** Announced in the journal first, so that a commit whose line was lost is known by its key. */
    private Ending commit(Ending ending, Diff diff) {
        var key = Sha256.hex(String.join(
                "\n",
                task.id(),
                Json.write(task.input()),
                agent.name() + "@" + agent.version(),
                agent.templateHash(),
                engine.model().digest(),
                scratch.baseCommit()));
        var intent = Json.object();
        intent.put("night.branch", branch.name());
        intent.put("night.base_commit", scratch.baseCommit());
        intent.put("night.idempotency_key", key);
        intent.put("night.diff_digest", Sha256.hex(diff.patch()));
        intent.set("night.ending", outcome(ending, diff));
        artifacts.sync();
        journal.append(new Event(EventType.COMMIT_INTENDED, task.id(), intent));
        var there = commits.get(key);
        if (there != null) {
            journal.append(new Event(EventType.COMMIT_MADE, task.id(), PastNight.recovered(intent, there)));
            return ending;
        }
        var result = workspace.commit(new CommitRequest(
                diff,
                branch,
                author,
                author,
                clock.instant(),
                "%s: %s\n\n%s".formatted(agent.name(), task.id(), changedPaths(diff)),
                List.of(
                        new Trailer("Night-Task", task.id()),
                        new Trailer("Night-Agent", agent.name() + "@" + agent.version()),
                        new Trailer("Night-Model", engine.model().digest()),
                        new Trailer("Night-Template", agent.templateHash()),
                        new Trailer("Night-Journal", journal.head()),
                        new Trailer(JournaledCommits.KEY, key))));
        return switch (result) {
            case CommitResult.Committed committed -> {
                var data = Json.object();
                data.put("night.commit", committed.commitId());
                data.put("night.branch", branch.name());
                data.put("night.base_commit", scratch.baseCommit());
                data.put("night.idempotency_key", key);
                data.put("night.merged", committed.merged());
                journal.append(new Event(EventType.COMMIT_MADE, task.id(), data));
                yield ending;
            }
            case CommitResult.Conflict conflict ->
                with(ending, FinishReason.CONFLICT, "another task changed the same lines of " + conflict.paths());
            case CommitResult.NothingToCommit nothing -> with(ending, FinishReason.ACCEPTED, "nothing had to change");
        };
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
        var data = started(agent, task.input());
        data.put("night.attempt", attempt);
        data.put(
                "night.input_bytes",
                Order.lengths(workspace, scratch.baseCommit()).applyAsLong(task));
        if (!task.labels().isEmpty()) {
            task.labels().forEach(data.putArray("night.labels")::add);
        }
        journal.append(new Event(EventType.TASK_STARTED, task.id(), data));
    }

    /** What a task is begun with. */
    public static ObjectNode started(Agent agent, ObjectNode input) {
        var data = Json.object();
        data.put("night.agent", agent.name());
        data.put("night.agent_version", agent.version());
        data.put("night.template_hash", agent.templateHash());
        data.set("night.input", input);
        data.put("night.model", agent.model());
        data.putObject("night.schemas").put("input", digest(agent.input())).put("output", digest(agent.output()));
        var tools = data.putArray("night.tools");
        agent.tools()
                .forEach(tool -> tools.addObject()
                        .put("name", tool.name())
                        .put("digest", tool.tool().digest()));
        return data;
    }

    private static String digest(Schema schema) {
        return Sha256.hex(Json.write(schema.json()));
    }

    private void finished(Ending ending, @Nullable Diff diff) {
        artifacts.json("metrics.json", metrics(ending));
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
        journal.append(new Event(EventType.TASK_FINISHED, task.id(), outcome(ending, diff)));
    }

    /** What a task ended with, {@code task.finished}'s data. */
    public static ObjectNode outcome(Ending ending, @Nullable Diff diff) {
        var data = metrics(ending);
        if (diff != null) {
            data.put("night.diff_digest", Sha256.hex(diff.patch()));
        }
        if (ending.output() != null) {
            data.set("night.output", ending.output());
        }
        return data;
    }

    private static ObjectNode metrics(Ending ending) {
        var progress = ending.progress();
        var data = Json.object();
        data.put("night.finish_reason", ending.reason().code());
        if (!ending.message().isEmpty()) {
            data.put("night.message", ending.message());
        }
        data.put("night.steps", progress.steps());
        data.put("night.failures", progress.failures());
        data.put("gen_ai.usage.input_tokens", progress.inputTokens());
        data.put("gen_ai.usage.cache_read.input_tokens", progress.cachedTokens());
        data.put("gen_ai.usage.output_tokens", progress.outputTokens());
        data.put("night.task_ms", ending.elapsed().toMillis());
        return data;
    }
}
