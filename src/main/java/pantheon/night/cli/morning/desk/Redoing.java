package pantheon.night.cli.morning.desk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Count;
import pantheon.night.ExitCode;
import pantheon.night.NightException;
import pantheon.night.contract.Json;
import pantheon.night.decision.Decisions.Decision;
import pantheon.night.journal.Journal;
import pantheon.night.journal.NightEvent.DecisionMade;
import pantheon.night.outcome.Verdict;
import pantheon.night.past.History;
import pantheon.night.past.LastAttempts;
import pantheon.night.past.LastAttempts.Attempt;
import pantheon.night.past.PrunedNights;
import pantheon.night.queue.Changes;
import pantheon.night.queue.Enqueuing;
import pantheon.night.queue.InputPaths;
import pantheon.night.queue.QueueReader;
import pantheon.night.queue.Requeuing;
import pantheon.night.queue.Task;
import pantheon.night.queue.WaitingLines;
import pantheon.night.report.record.NightRecord;
import pantheon.night.report.record.TaskRecord;
import pantheon.night.workspace.Workspace;

/** Queues ended tasks again, and writes down under which ids. */
public final class Redoing {
    private final Desk desk;
    private final int priority;
    private final @Nullable Path to;

    /** @param to the queue file, null for the agent's in the queue */
    public Redoing(Desk desk, int priority, @Nullable Path to) {
        this.desk = desk;
        this.priority = priority;
        this.to = to;
    }

    /**
     * Queues the tasks that were named.
     *
     * @throws NightException with exit code 65 where one of them cannot be; then none is
     */
    public void named(List<LookedAt> tasks) {
        var wrong = tasks.stream().flatMap(task -> wrong(task).stream()).toList();
        if (!wrong.isEmpty()) {
            throw new NightException(ExitCode.DATA, wrong);
        }
        redo(tasks);
    }

    /** Queues those of a night that may be; those that were queued again already are left out. */
    public void chosen(NightRecord night, boolean notAccepted, @Nullable String agent) {
        redo(night.tasks().stream()
                .filter(task -> agent == null || task.isOf(agent))
                .filter(task -> !notAccepted || isNotAccepted(night.run(), task))
                .map(task -> desk.look(task.id(), night.run()))
                .filter(task -> wrong(task).isEmpty())
                .toList());
    }

    /**
     * Queues those whose last attempt was at something else than what is there now, and that do not wait already.
     *
     * @param run the night of the last attempt or the beginning of its id, null for any
     */
    public void changed(@Nullable String run, boolean notAccepted, @Nullable String agent) {
        var night = run == null ? null : Journal.run(desk.nights().journal(run));
        var attempts = new LastAttempts();
        var history = History.of(desk.setup().log().path(), attempts::take);
        var lines = WaitingLines.of(queueFiles(), new QueueReader(desk.setup().agents()), history::isDone);
        try (var workspace = Workspace.open(desk.setup().config().workspace())) {
            var changes = new Changes(workspace);
            redo(attempts.all().stream()
                    .filter(last -> last.ended() && (night == null || last.run().equals(night)))
                    .filter(last -> agent == null || last.started().agent().equals(agent))
                    .filter(last ->
                            !lines.has(last.started().agent(), last.started().input()))
                    .filter(last -> isChanged(changes, last))
                    .map(last -> desk.look(last.task(), null))
                    .filter(task -> !notAccepted || isNotAccepted(task.run(), task.record()))
                    .filter(task -> wrong(task).isEmpty())
                    .toList());
        }
    }

    /** What an agent did that is no longer there nobody can do again. */
    private boolean isChanged(Changes changes, Attempt last) {
        return Optional.ofNullable(desk.setup().agents().get(last.started().agent()))
                .map(agent -> changes.since(
                        last, agent, InputPaths.of(agent, last.started().input())))
                .filter(since -> since == Changes.Since.CHANGED)
                .isPresent();
    }

    private List<Path> queueFiles() {
        return Files.exists(desk.setup().config().queue()) ? desk.setup().queueFiles() : List.of();
    }

    private boolean isNotAccepted(String run, TaskRecord task) {
        var decision = desk.decisions().last(run, task.id());
        return !task.accepted()
                || decision.filter(said -> said.verdict() == Verdict.REJECTED).isPresent();
    }

    private Optional<String> wrong(LookedAt task) {
        if (task.record().carriesOver()) {
            return Optional.of("task %s has not ended (%s); the next night takes it up by itself. Nothing was added."
                    .formatted(task.task(), task.record().reason()));
        }
        if (task.record().input().isEmpty()) {
            return Optional.of(
                    "night %s gave task %s up without beginning it; name a night that began it with --run. Nothing was added."
                            .formatted(task.run(), task.task()));
        }
        return task.decision()
                .filter(said -> said.verdict() == Verdict.REDONE)
                .map(said -> "task %s was queued again already, as %s. Requeue that one. Nothing was added."
                        .formatted(task.task(), said.made().queuedAs()));
    }

    private void redo(List<LookedAt> tasks) {
        var index = desk.nights().tasks(null, desk.output()::warn);
        var pruned = PrunedNights.of(desk.setup().config().log());
        var requeuing = new Requeuing(
                desk.setup().agents(),
                id -> index.has(id)
                        || pruned.nights().stream()
                                .anyMatch(night -> night.ended().contains(id)));
        var made = new ArrayList<DecisionMade>();
        for (var file : byFile(tasks).entrySet()) {
            var lines = file.getValue().stream().map(this::line).toList();
            var ids = requeuing.to(place(file.getKey()), lines);
            file.getValue().forEach(task -> made.add(Deciding.made(task, Verdict.REDONE, null, ids.get(task.task()))));
            say(file.getKey(), ids);
        }
        if (!made.isEmpty()) {
            new Deciding(desk).redone(made);
        }
        desk.output().say("%s queued again".formatted(Count.of(made.size(), "task")));
    }

    private Map<Path, List<LookedAt>> byFile(List<LookedAt> tasks) {
        var files = new LinkedHashMap<Path, List<LookedAt>>();
        tasks.forEach(task ->
                files.computeIfAbsent(file(task), any -> new ArrayList<>()).add(task));
        return files;
    }

    private Path file(LookedAt task) {
        return to == null ? desk.setup().queueFile(task.record().agentName()) : to;
    }

    private Enqueuing.Place place(Path file) {
        var setup = desk.setup();
        return new Enqueuing.Place(
                setup.config().queue(), setup::queueFiles, file, setup.config().log());
    }

    private Task line(LookedAt task) {
        var record = task.record();
        return new Task(
                record.id(),
                record.agentName(),
                record.input().orElseThrow(),
                priority,
                record.labels(),
                told(task),
                null,
                List.of());
    }

    /** What the next attempt is told: why this one was rejected, else what it was told itself; null for nothing. */
    private @Nullable String told(LookedAt task) {
        return desk.decisions()
                .judgement(task.run(), task.task())
                .map(Decision::made)
                .filter(made -> made.verdict() == Verdict.REJECTED)
                .map(DecisionMade::reason)
                .orElse(task.record().rejected());
    }

    private void say(Path file, Map<String, String> ids) {
        ids.forEach((old, id) -> {
            desk.output()
                    .resultLine(
                            Json.object().put("task", old).put("queued_as", id).put("file", file.toString()));
            desk.output().say("%s  queued as %s in %s".formatted(old, id, file));
        });
    }
}
