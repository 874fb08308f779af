package pantheon.night.replay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pantheon.night.Contained;
import pantheon.night.agent.Agent;
import pantheon.night.agent.Ending;
import pantheon.night.agent.ToolLoop;
import pantheon.night.artifact.Artifacts;
import pantheon.night.batch.JournalTaskLog;
import pantheon.night.batch.TaskRun;
import pantheon.night.engine.EngineModel;
import pantheon.night.journal.NightEvent.TaskFinished;
import pantheon.night.outcome.FinishReason;
import pantheon.night.workspace.files.PathRefused;
import pantheon.night.workspace.git.Diff;
import pantheon.night.workspace.scratch.Scratch;
import pantheon.night.workspace.scratch.ScratchTask;

/** Runs one attempt at a task once more, from its start to its end. */
final class AttemptReplay {
    private final AttemptRecord record;
    private final Agent agent;
    private final EngineModel model;
    private final Replay.Player player;
    private boolean hasBegun;

    AttemptReplay(AttemptRecord record, Agent agent, EngineModel model, Replay.Player player) {
        this.record = record;
        this.agent = agent;
        this.model = model;
        this.player = player;
    }

    /** @throws Differs where it leaves its record */
    void run(Scratch checkout) {
        var files = new ScratchTask(checkout);
        var ending = loop(files);
        var diff = diff(files);
        record.takeEnd(TaskRun.outcome(TaskRun.judged(ending, diff), diff));
    }

    private static @Nullable Diff diff(ScratchTask files) {
        try {
            return files.left().diff();
        } catch (PathRefused e) {
            return null;
        }
    }

    private Ending loop(ScratchTask files) {
        try (var engine = player.engine(model, record.generations());
                var conversation = new RecordedConversation(engine.open(), record)) {
            return new ToolLoop(
                            agent.judgedBy(check -> check.isStable() ? check : new RecordedCheck(check, record))
                                    .over(tool -> new RecordedTool(tool, record)),
                            new ToolLoop.Asked(
                                    record.started().input(), record.started().rejected()),
                            files,
                            conversation,
                            agent.format().control(model.controlTexts()),
                            new RecordedClock(record.begun(), agent.limits().taskTime(), this::isTimedOut),
                            this::cutOff,
                            new JournalTaskLog(record.started().task(), model.name(), record::take, Artifacts.none()),
                            new Contained())
                    .run();
        }
    }

    /** The night's end, where it cut the record off here. */
    private Optional<FinishReason> cutOff() {
        return Optional.of(record.reason()).filter(reason -> record.isAnswered() && reason.isNightsEnd());
    }

    /** The loop looks first when it begins. */
    private boolean isTimedOut() {
        boolean over =
                hasBegun && record.reason() == FinishReason.TASK_TIMEOUT && record.next() instanceof TaskFinished;
        hasBegun = true;
        return over;
    }
}
