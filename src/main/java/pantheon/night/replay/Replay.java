package pantheon.night.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pantheon.night.agent.Agent;
import pantheon.night.agent.ToolLoop;
import pantheon.night.batch.TaskRun;
import pantheon.night.contract.Json;
import pantheon.night.engine.Engine;
import pantheon.night.engine.EngineModel;
import pantheon.night.engine.Generation;
import pantheon.night.journal.JournalReader;
import pantheon.night.journal.NightEvent.NightResumed;
import pantheon.night.journal.NightEvent.NightStarted;
import pantheon.night.journal.NightEvent.Session;
import pantheon.night.journal.NightEvent.TaskEvent;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.journal.NightEvent.TaskStarted;
import pantheon.night.outcome.FinishReason;
import pantheon.night.workspace.Workspace;
import pantheon.night.workspace.scratch.Scratch;

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

    private final Map<String, Agent> agents;
    private final Workspace workspace;
    private final Path folder;
    private final Player player;
    private final Map<String, EngineModel> models = new HashMap<>();
    private final Map<String, AttemptRecord> underWay = new LinkedHashMap<>();
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
                            model.origin(),
                            1,
                            model.facts()));
        }
    }

    private void take(TaskEvent event, JournalReader.Entry entry) {
        if (event instanceof TaskStarted started) {
            if (underWay.put(event.task(), new AttemptRecord(entry.seq(), started, entry.time())) != null) {
                interrupted++;
            }
            return;
        }
        var record = underWay.get(event.task());
        if (record == null) {
            return; // it was given up without being begun
        }
        record.add(entry.seq(), event);
        if (event instanceof TaskFinished finished) {
            underWay.remove(event.task());
            if (finished.reason() == FinishReason.ATTEMPTS_SPENT) {
                interrupted++; // the attempt before, which never ended
            } else {
                replay(record);
            }
        }
    }

    private void replay(AttemptRecord record) {
        replayed++;
        try {
            var started = record.started();
            var agent = agents.get(started.agent());
            if (agent == null) {
                throw record.impossible("there is no agent " + Json.quote(started.agent()));
            }
            record.takeStart(
                    TaskRun.started(started.task(), agent, new ToolLoop.Asked(started.input(), started.rejected())));
            var model = models.get(agent.model());
            if (model == null) {
                throw record.impossible("the night had no model " + agent.model());
            }
            new AttemptReplay(record, agent, model, player).run(scratch());
        } catch (Differs e) {
            differences.add(new Difference(e.seq(), record.started().task(), String.valueOf(e.getMessage())));
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
}
